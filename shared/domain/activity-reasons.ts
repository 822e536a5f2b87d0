/** Why a delivery, a message or a client changed its state, in the words of the log. The console has its own words for each. */
export const activityReasons = {
  startDue: 'its start has come',
  audienceFixed: 'the audience is fixed',
  endBeforeStart: 'the end came before the start',
  deliveryEnded: 'the delivery has ended',
  deliveryCancelled: 'the delivery is cancelled',
  nothingLeft: 'nothing is queued and nothing in flight',
  queuedAgain: 'some of its messages are queued again',
  outsideHours: 'outside the hours of the delivery',
  clientDeleted: 'the client is deleted',
  clientOptedOut: 'the client has opted out',
  listed: 'put on the do-not-contact list',
  unlisted: 'taken off the do-not-contact list',
  interrupted: 'in flight when the program ended',
  withheld: 'it might not go any more when its turn was on disk',
  outage: 'the gateway was down: what failed then costs no attempt',
  restored: 'a backup was restored',
  clockWentBack: 'the clock was set back',
} as const

export type ActivityReason = keyof typeof activityReasons

export const activityReasonCodes = Object.keys(activityReasons) as [ActivityReason, ...ActivityReason[]]

/** Clients, segments and the do-not-contact list. */
export const clientErrors = {
  client_not_found: ({ id }: { id: number }) => `there is no client ${id}`,
  segment_not_found: ({ id }: { id: number }) => `there is no segment ${id}`,
  change_not_found: ({ id }: { id: number }) => `there is no change ${id} that can be undone`,
  phone_not_listed: ({ id }: { id: number }) => `${id} is not on the do-not-contact list`,
  phone_format: () => 'must be a phone number',
  phone_empty: () => 'the phone number is empty: enter 11 digits that start with 7',
  phone_characters: () =>
    'the phone number contains characters other than digits, spaces, brackets, dots, dashes and a leading plus',
  phone_length: () => 'the phone number must have 11 digits and start with 7',
  phone_country: () => 'the phone number must start with 7, or with 8 in its domestic form',
  phone_rounded: () =>
    'the spreadsheet has rounded this phone number: format its column as text and save the file again',
  phone_taken: ({ phone, clientId, clientName }: { phone: string; clientId: number; clientName: string }) =>
    `client ${clientId}${clientName === '' ? '' : ` (${clientName})`} already has the phone number ${phone}`,
  phone_on_list: () => 'this phone number is on the do-not-contact list: remove it there, or use another one',
  phones_type: () => 'must be text, a file, or a list of phone numbers',
  operator_code_format: () => 'must have three digits',
  tag_empty: () => 'a tag must not be empty',
  tag_too_long: ({ max }: { max: number }) => `a tag has at most ${max} characters`,
  tags_missing: () => 'name at least one tag',
  selection_empty: () => 'select at least one client',
  segment_name_taken: ({ name }: { name: string }) => `there is already a segment named "${name}"`,
  segments_full: ({ max }: { max: number }) => `there are already ${max} segments: delete one that you no longer need`,
}

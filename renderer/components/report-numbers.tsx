import { useFormat } from './format.ts'
import classes from './report-numbers.module.css'

interface ReportNumbersProps {
  readonly numbers: readonly {
    readonly label: string
    /** Under the pointer: what is counted here. */
    readonly title?: string
    readonly value: number
    /** Wants a look when it is not zero. */
    readonly bad?: boolean
  }[]
}

/** The figures at the head of a report. */
export function ReportNumbers({ numbers }: ReportNumbersProps) {
  const format = useFormat()
  return (
    <dl className={classes.numbers}>
      {numbers.map(({ label, title, value, bad = false }) => (
        <div key={label} data-bad={(bad && value > 0) || undefined} title={title}>
          <dt>{label}</dt>
          <dd>{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

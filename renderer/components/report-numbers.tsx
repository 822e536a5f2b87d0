import { useFormat } from './format.ts'
import classes from './report-numbers.module.css'

interface ReportNumbersProps {
  readonly numbers: readonly {
    readonly label: string
    /** Tooltip: what is counted. */
    readonly title?: string
    readonly value: number
    /** Highlighted if it is not zero. */
    readonly bad?: boolean
  }[]
}

/** The numbers at the top of a report. */
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

/** Where a mistake is: both count from 1. Left out where the place is shown in another way. */
interface Place {
  readonly line?: number
  readonly column?: number
}
type Named = Place & { readonly name: string }

/** Mistakes in a Liquid template, and limits that a rendered text exceeds. */
export const templateErrors = {
  template_output_open: (place: Place) => at(place, 'a variable is not closed: "}}" is missing'),
  template_tag_open: (place: Place) => at(place, 'a block is not closed: "%}" or its end is missing'),
  template_tag_alone: (place: Named) => at(place, `"${place.name}" is outside the block it belongs to`),
  template_tag_loop: (place: Named) => at(place, `"${place.name}" is not available: a text has no loops`),
  template_tag_elsewhere: (place: Named) => at(place, `"${place.name}" is not available: a text cannot include files`),
  template_tag_unknown: (place: Named) => at(place, `there is no block named "${place.name}"`),
  template_tag_nameless: (place: Place) => at(place, 'the name of the block is missing between "{%" and "%}"'),
  template_filter_unknown: (place: Named) => at(place, `there is no filter named "${place.name}"`),
  template_filter_colon: (place: Place) => at(place, 'the name of a filter must be followed by ":"'),
  template_filter_bar: (place: Place) => at(place, 'a filter must start with "|"'),
  template_value_missing: (place: Place) => at(place, 'a value is missing'),
  template_value_wrong: (place: Named) => at(place, `this is not a value: ${place.name}`),
  template_quotes: (place: Named) => at(place, `text must be in straight quotation marks, not in these: ${place.name}`),
  template_bracket_open: (place: Place) => at(place, 'a bracket is not closed'),
  template_assignment: (place: Place) => at(place, 'a name and a value are expected here'),
  template_else_twice: (place: Place) => at(place, 'one "if" has two "else"'),
  template_too_long: (place: Place) => at(place, 'the text is too long'),
  template_too_costly: (place: Place) => at(place, 'the text takes too long to render, or grows too large'),
  template_result_too_long: (place: Place & { readonly max: number }) =>
    at(place, `the rendered text is longer than ${place.max} characters`),
  template_result_empty: (place: Place) => at(place, 'the text is empty for this client'),
  /** `said` are the template engine's own words. */
  template_not_understood: (place: Place & { readonly said: string }) => at(place, place.said),
}

function at({ line, column }: Place, text: string): string {
  return line === undefined || column === undefined ? text : `line ${line}, column ${column}: ${text}`
}

/** Requests to the REST API that make no sense before any field is looked at. */
export const requestErrors = {
  body_not_form: () => 'The body is not a valid form.',
  body_not_json: ({ cause }: { cause: string }) => `The body is not valid JSON: ${cause}`,
  body_not_utf8: () => 'The body is not valid JSON: it is not UTF-8',
  body_not_object: () => 'The body must be a JSON object: fields in braces',
  form_without_file: () => 'The form contains no file.',
  parameter_unknown: ({ known }: { known: readonly string[] }) =>
    `is not a known parameter: use ${known.length === 0 ? 'none' : known.join(', ')}`,
  parameter_twice: () => 'is given twice',
}

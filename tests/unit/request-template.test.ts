import { describe, expect, test } from 'vitest'
import {
  compileRequestTemplate,
  type RequestValues,
  renderErrorOf,
  type TemplatePlace,
} from '#shared/domain/request-template.ts'
import { errorText } from '#shared/errors/app-error.ts'

/** Every letter that could break out of a string, a URL or a line. */
const nasty = 'a"b\\c/d\n\r\t\u0000\u001f\u2028<&>?#=+ %41{{ token }}{% if %}","admin":true,"x":"🎁\ud800ё'

const values: RequestValues = {
  message: { id: 7, phone: '79001234567', text: nasty },
  client: { name: 'Анна', phone: '79001234567', city: 'Tom & "Jerry"', empty: '' },
  delivery: { id: 3, name: 'Sale' },
  token: 'secret',
}

function render(source: string, place: TemplatePlace): string {
  const result = compileRequestTemplate(source, place)
  if (!result.ok) throw new Error(`refused: ${errorText(result.error)}`)
  try {
    return result.template.render(values)
  } catch (error) {
    throw new Error(errorText(renderErrorOf(error)))
  }
}

describe('in a JSON body', () => {
  test.each([
    ['a number outside quotation marks', '[{{ message.id }}]', [7]],
    ['a text outside quotation marks', '[{{ message.text }}]', [nasty]],
    ['a text inside quotation marks', '["{{ message.text }}"]', [nasty]],
    ['a text among words', '["<{{ message.text }}>"]', [`<${nasty}>`]],
    ['a key', '{"{{ client.city }}": 1}', { 'Tom & "Jerry"': 1 }],
    ['the json filter, which the program applies anyway', '[{{ message.text | json }}]', [nasty]],
    ['JSON inside a string', '["{{ message.text | json }}"]', [JSON.stringify(nasty)]],
    ['a phone as a number', '[{{ message.phone | plus: 0 }}]', [79_001_234_567]],
    ['a number inside quotation marks', '["{{ message.id }}"]', ['7']],
    ['an attribute that the client lacks', '[{{ client.age }}, "{{ client.age }}"]', [null, '']],
    ['a default', '[{{ client.age | default: "none" }}]', ['none']],
    ['a whole object', '[{{ delivery }}]', [{ id: 3, name: 'Sale' }]],
    [
      'a captured text',
      '{% capture x %}<{{ client.city }}>{% endcapture %}[{{ x }}, "{{ x }}"]',
      ['<Tom & "Jerry">', '<Tom & "Jerry">'],
    ],
    ['an assigned text', '{% assign x = client.city | upcase %}[{{ x }}]', ['TOM & "JERRY"']],
    ['an echo', '[{% echo client.city %}]', ['Tom & "Jerry"']],
    [
      'raw, which has no effect',
      '["{{ client.city | raw }}", {{ client.city | raw }}]',
      ['Tom & "Jerry"', 'Tom & "Jerry"'],
    ],
    [
      'a condition',
      '[1{% if client.city %}, {{ client.city }}{% endif %}{% if client.age %}, 2{% endif %}]',
      [1, 'Tom & "Jerry"'],
    ],
    ['an escaped quotation mark of the template', '["\\"{{ client.city }}\\""]', ['"Tom & "Jerry""']],
    ['a backslash of the template', '["\\\\{{ client.city }}"]', ['\\Tom & "Jerry"']],
    ['braces that are no template', '{% raw %}["{{ x }}"]{% endraw %}', ['{{ x }}']],
    ['words of its own', '["Привет"]', ['Привет']],
  ])('%s', (_name, source, body) => {
    expect(JSON.parse(render(source, 'json'))).toEqual(body)
  })

  test('a backslash that would swallow the beginning of a value is refused', () => {
    expect(() => render('["\\{{ client.city }}"]', 'json')).toThrow(/backslash/)
  })
})

describe('in an address', () => {
  test.each([
    ['in the path', 'https://host/{{ client.city }}/x', 'https://host/Tom%20%26%20%22Jerry%22/x'],
    ['in the query', 'https://host/?a={{ client.city }}&b=1', 'https://host/?a=Tom%20%26%20%22Jerry%22&b=1'],
    ['a plus and a percent sign', '{{ "+7 100%" }}', '%2B7%20100%25'],
    ['Cyrillic', '{{ client.name }}', '%D0%90%D0%BD%D0%BD%D0%B0'],
    ['half a pair', '{{ message.text | slice: -2, 2 }}', '%EF%BF%BD%D1%91'],
    [
      'spelt once only, captured or not',
      '{% capture x %}{{ client.city }}{% endcapture %}{{ x }}',
      'Tom%20%26%20%22Jerry%22',
    ],
    ['nothing', '[{{ client.age }}]', '[]'],
  ])('%s', (_name, source, url) => {
    expect(render(source, 'url')).toBe(url)
  })

  test('a value can not add a parameter', () => {
    const { searchParams } = new URL(render('https://host/?text={{ message.text }}&safe=1', 'url'))
    expect([...searchParams.keys()]).toEqual(['text', 'safe'])
    expect(searchParams.get('text')).toBe(nasty.toWellFormed())
  })
})

describe('in a header or a field of a form', () => {
  test.each([
    ['words and values as they are', 'Bearer {{ token }}', 'Bearer secret'],
    ['spelt as asked', '{{ client.city | url_encode }}', 'Tom+%26+%22Jerry%22'],
    ['a whole object', '{{ delivery }}', '{"id":3,"name":"Sale"}'],
    ['the json filter', '{{ client.city | json }}', '"Tom & \\"Jerry\\""'],
  ])('%s', (_name, source, text) => {
    expect(render(source, 'plain')).toBe(text)
  })
})

describe('an invalid template is rejected with its position', () => {
  test.each([
    ['{{ message.text', 1, 1, /not closed/],
    ['a\n{{ message.text | shout }}', 2, 1, /no filter named "shout"/],
    ['{% if client.name %}', 1, 1, /not closed/],
    ['Hi {{ name }}', 1, 7, /"name" is unknown: use message\.id/],
    ['a\n {{ message.txt }}', 2, 5, /"message\.txt" is unknown/],
    ['{{ delivery["text"] }}', 1, 4, /"delivery\.text" is unknown/],
    ['{{ token.secret }}', 1, 4, /"token\.secret" is unknown/],
  ])('%s', (source, line, column, message) => {
    const result = compileRequestTemplate(source, 'plain')
    expect(result).toMatchObject({ ok: false, error: { params: { line, column } } })
    expect(result.ok ? '' : errorText(result.error)).toMatch(message)
  })

  test('an attribute of a client may have any name', () => {
    expect(compileRequestTemplate('{{ client.city }}{{ client["дата рождения"] }}', 'plain').ok).toBe(true)
  })
})

test.each([
  ['Bearer {{ token }}', true],
  ['{% if token %}x{% endif %}', true],
  ['{{ message.text }} token', false],
])('whether %j uses the token: %s', (source, usesToken) => {
  expect(compileRequestTemplate(source, 'plain')).toMatchObject({ ok: true, template: { usesToken } })
})

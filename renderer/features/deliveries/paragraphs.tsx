import { Stack, Text } from '@mantine/core'

/** The sentences of a question, each on its own. */
export function paragraphs(...texts: readonly string[]) {
  return (
    <Stack gap="xs">
      {texts.map((text) => (
        <Text key={text} size="sm">
          {text}
        </Text>
      ))}
    </Stack>
  )
}

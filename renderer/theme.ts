import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef4fb',
  '#dce7f4',
  '#b6cde8',
  '#8db1dc',
  '#6a9ad2',
  '#538bcc',
  '#4683c9',
  '#3872b2',
  '#2d659f',
  '#1c578d',
]

/** Cooler than Mantine's greys, so that the accent fits. */
const dark: MantineColorsTuple = [
  '#d3d7dd',
  '#b3b8c0',
  '#949aa4',
  '#646b76',
  '#40464f',
  '#31363e',
  '#262a31',
  '#1b1e23',
  '#15181c',
  '#0f1114',
]

const systemFonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"

const dialogTitle = { fontSize: '1rem', fontWeight: 600, lineHeight: 1.4 }

/** Dense, one accent, system fonts. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 7 },
  colors: { accent, dark },
  fontFamily: systemFonts,
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '1rem', lineHeight: '1.5' },
      h3: { fontSize: '0.875rem', lineHeight: '1.5' },
    },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Text: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.4 }, styles: { title: dialogTitle } } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.4 }, styles: { title: dialogTitle } } },
  },
})

/** Mantine's colours with too little contrast, replaced to meet WCAG AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1d2229',
    '--mantine-color-dimmed': '#5d6670',
    '--mantine-color-placeholder': '#6c757d',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-accent-light': 'var(--mantine-color-accent-0)',
    '--mantine-color-red-light': 'var(--mantine-color-red-0)',
    '--mantine-color-green-light': 'var(--mantine-color-green-0)',
    '--mantine-color-yellow-light': 'var(--mantine-color-yellow-0)',
    '--mantine-color-green-light-color': '#226b31',
    '--mantine-color-yellow-light-color': '#8a5000',
    '--mantine-color-red-filled': 'var(--mantine-color-red-9)',
    '--mantine-color-red-filled-hover': '#b02525',
    '--herald-surface': '#f6f7f9',
    '--herald-line': '#e3e6ea',
    '--herald-hover': '#f1f4f8',
    '--herald-selected': 'var(--mantine-color-accent-0)',
  },
  dark: {
    '--mantine-color-text': '#d9dde3',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-placeholder': '#8b929c',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-anchor': 'var(--mantine-color-accent-3)',
    // Coloured text on a plain background (subtle buttons, alert titles) would be nearly white.
    '--mantine-color-accent-light-color': 'var(--mantine-color-accent-3)',
    '--mantine-color-red-light-color': 'var(--mantine-color-red-4)',
    '--mantine-color-green-light-color': 'var(--mantine-color-green-4)',
    '--mantine-color-yellow-light-color': 'var(--mantine-color-yellow-4)',
    '--mantine-primary-color-light-color': 'var(--mantine-color-accent-3)',
    '--mantine-color-accent-light': '#1f2b38',
    '--mantine-color-red-light': '#351f22',
    '--mantine-color-green-light': '#1c3024',
    '--mantine-color-yellow-light': '#332b1a',
    '--mantine-color-red-filled': 'var(--mantine-color-red-9)',
    '--mantine-color-red-filled-hover': '#b02525',
    '--herald-surface': 'var(--mantine-color-dark-8)',
    '--herald-line': 'var(--mantine-color-dark-5)',
    '--herald-hover': '#23272e',
    '--herald-selected': '#22303f',
  },
})

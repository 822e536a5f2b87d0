import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { importableFile, setDroppedFile } from '../components/dropped-file.ts'
import { showProblem } from '../components/notice.ts'

const importAddress = '/clients/import'

/** Takes a table that is dropped anywhere on the window, where no part of the screen takes it, to the import. */
export function useFileDrop(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pathname } = useLocation()

  useEffect(() => {
    function onDragOver(event: DragEvent): void {
      if (event.defaultPrevented || !holdsFiles(event)) return
      // Without this the browser would open the file in place of the console.
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
    }
    function onDrop(event: DragEvent): void {
      if (event.defaultPrevented || !holdsFiles(event)) return
      event.preventDefault()
      const file = importableFile(event.dataTransfer?.files ?? [])
      if (file === null) return showProblem({ title: t('drop.notATable'), advice: t('drop.notATableAdvice') })
      setDroppedFile(file)
      void navigate(importAddress)
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('drop', onDrop)
    }
  }, [navigate, t])

  // Whoever stayed where they were, so as not to lose what they have written, is not met by the file much later.
  useEffect(() => {
    if (pathname !== importAddress) setDroppedFile(null)
  }, [pathname])
}

/** Text that is dragged belongs to the field that it is dropped on. */
function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true
}

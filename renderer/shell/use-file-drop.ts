import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { importableFile, setDroppedFile } from '../components/dropped-file.ts'
import { showProblem } from '../components/notice.ts'

const importAddress = '/clients/import'

/** Opens the import with a table dropped anywhere on the window, unless a part of the screen accepts it. */
export function useFileDrop(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pathname } = useLocation()

  useEffect(() => {
    function onDragOver(event: DragEvent): void {
      if (event.defaultPrevented || !holdsFiles(event)) return
      // Otherwise the browser would open the file instead of the console.
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

  // If the user stays on a screen with unsaved input, the file must not open much later.
  useEffect(() => {
    if (pathname !== importAddress) setDroppedFile(null)
  }, [pathname])
}

/** Dragged text belongs to the field it is dropped on. */
function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true
}

import { useEffect } from 'react'
import { useNavigate } from 'react-router'

/** Goes to the screen that a menu, the tray or a notification of the desktop app asks for. */
export function useWantedScreens(): void {
  const navigate = useNavigate()
  useEffect(() => window.heraldDesktop?.onScreenWanted((path) => void navigate(path)), [navigate])
}

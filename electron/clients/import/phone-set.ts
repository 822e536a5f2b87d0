/** Phones that were met: sixteen bytes for each, where a set of text takes some hundred, and files have millions of lines. */
export interface PhoneSet {
  /** False when the phone was there already. */
  add(phone: string): boolean
}

/** An empty set of normalised phones. */
export function createPhoneSet(): PhoneSet {
  let places = new Float64Array(1024)
  let size = 0

  /** Where the phone stands, or would stand; 0 is an empty place, which no phone is. */
  function placeOf(phone: number): number {
    const mask = places.length - 1
    let place = Math.imul(phone % 4_294_967_291, 0x9e3779b1) >>> 0
    place = (place ^ (place >>> 15)) & mask
    while (places[place] !== 0 && places[place] !== phone) place = (place + 1) & mask
    return place
  }

  function grow(): void {
    const old = places
    places = new Float64Array(old.length * 2)
    for (const phone of old) if (phone !== 0) places[placeOf(phone)] = phone
  }

  return {
    add(text) {
      const phone = Number(text)
      const place = placeOf(phone)
      if (places[place] === phone) return false
      places[place] = phone
      size += 1
      if (size * 2 > places.length) grow()
      return true
    },
  }
}

/** R20: hours outside working time that were reached in a calendar year, least first. The member is warned; nothing is blocked. */
export const reachedWarnings = (minutesOutside: number, warnOutsideHours: readonly number[]): readonly number[] =>
  warnOutsideHours.filter((hours) => minutesOutside >= hours * 60).sort((one, other) => one - other);

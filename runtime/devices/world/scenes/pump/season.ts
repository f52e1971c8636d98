/** When a world begins: the warmest hour of the day, so that a season shows as soon as it is switched on. */
const BEGINS = 15;
/** °C by which the room is warmer at the warmest hour, and colder twelve hours later, than without a season. */
const SWING = 8;
/** The share of its load that the pump has at the quietest hour. */
const QUIETEST = 0.7;

/** The hour of the day, 0 to 24, so many seconds after the world began. */
export const hourAt = (seconds: number): number => {
  const hour = (BEGINS + seconds / 3600) % 24;
  return hour < 0 ? hour + 24 : hour;
};

/** 1 at the warmest hour, -1 twelve hours later. */
const course = (seconds: number) => Math.cos((2 * Math.PI * (hourAt(seconds) - BEGINS)) / 24);

/** °C by which a day makes the room warmer. */
export const ambientAt = (seconds: number): number => SWING * course(seconds);

/** What share of its load a pump has at this hour: water is wanted in the afternoon, and less of it at night. */
export const demandAt = (seconds: number): number => (1 + QUIETEST + (1 - QUIETEST) * course(seconds)) / 2;

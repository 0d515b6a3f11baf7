/** `npm run test:thorough` plays the long property tests in full, which takes half an hour. */
export const THOROUGH = process.env.POKELLMON_THOROUGH === '1';

/** A number of trials: all of them in a thorough run, otherwise a fifth. */
export const scaled = (trials: number): number => (THOROUGH ? trials : Math.ceil(trials / 5));

/** The prompt style used when none is named. */
export const DEFAULT_STYLE = 'grounded';

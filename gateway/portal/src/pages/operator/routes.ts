/** See the header of this area’s layout. */
export const operator = {};

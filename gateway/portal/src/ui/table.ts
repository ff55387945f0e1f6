/** A column of a table. */
export interface Column {
  key: string;
  label: string;
  sortable?: boolean;
  align?: 'end';
  /** Its heading is for those who hear it only (actions). */
  quiet?: boolean;
}

import { describe, expect, it } from 'vitest';
import { beside, pupilOf, typedOf } from './pupil';

const zoe = { id: 'person_1', displayName: 'MARTIN Zoé', lastName: 'Martin', firstName: 'Zoé', birthDate: '2012-03-09', class: '3e B', erased: false, guardian: { name: 'Anh Martin', email: null, phone: '06 00 00 00 00' } };

describe('who a pupil is', () => {
  it('is prefilled as one would have typed it, and sent back so', () => {
    const typed = typedOf(zoe);
    expect(typed.birthDate).toBe('09/03/2012');
    expect(pupilOf(typed)).toEqual({ lastName: 'Martin', firstName: 'Zoé', birthDate: '09/03/2012', class: '3e B', guardianName: 'Anh Martin', guardianEmail: null, guardianPhone: '06 00 00 00 00' });
  });

  it('leaves blank what is not known', () => {
    const typed = typedOf({ ...zoe, birthDate: null, class: null, guardian: null });
    expect([typed.birthDate, typed.class, typed.guardianName, typed.guardianPhone]).toEqual(['', '', '', '']);
  });

  it('has a refusal beside the field that it is about', () => {
    expect(beside({ message: 'non', field: 'pupil.guardianName' }).field).toBe('guardianName');
    expect(beside({ message: 'non', field: 'slot' }).field).toBe('slot');
    expect(beside({ message: 'non' }).field).toBeUndefined();
  });
});

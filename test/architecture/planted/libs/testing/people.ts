export const ana = 'ana';

import path from 'node:path';

const data = process.env.PARCELS_DATA ?? path.join(__dirname, '..', 'data');

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

export const databaseUrl = required('DATABASE_URL');

export const site = 'https://parcels.example';

export const keys = {
  // Customers' sessions.
  session: 'pR4wNz8LxT2vKq6YbF9dHsJ3mGcE7uVa',
  // Partners sign with a key that both sides have.
  partner: required('PARTNER_KEY'),
};

export const folders = {
  labels: path.join(data, 'labels'),
  forms: path.join(data, 'forms'),
  imports: path.join(data, 'imports'),
  themes: path.join(data, 'themes'),
};

import { literal } from 'sequelize';

/** Leaves the value to the column's default: clocks and first states are PostgreSQL's (S09). A constant, so nothing can be injected. */
export const DATABASE_DEFAULT = literal('DEFAULT');

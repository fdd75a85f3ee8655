/** Failures in a row of one (login ID, mail address) pair (S54). */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class SignInThrottle extends Model<InferAttributes<SignInThrottle>, InferCreationAttributes<SignInThrottle>> {
  declare key: Buffer;
  declare failures: CreationOptional<number>;
  declare lastFailureAt: CreationOptional<Date | null>;
  declare waitUntil: CreationOptional<Date | null>;
  declare lease: CreationOptional<string | null>;
  declare leasedUntil: CreationOptional<Date | null>;

  static define(sequelize: Sequelize): void {
    SignInThrottle.init(
      {
        key: { type: DataTypes.BLOB, primaryKey: true, allowNull: false },
        failures: { type: DataTypes.INTEGER, allowNull: false, defaultValue: DATABASE_DEFAULT },
        lastFailureAt: { type: DataTypes.DATE },
        waitUntil: { type: DataTypes.DATE },
        lease: { type: DataTypes.UUID },
        leasedUntil: { type: DataTypes.DATE },
      },
      { sequelize, tableName: 'sign_in_throttles' },
    );
  }
}

/** A browser in which a member or staff person has signed in completely (S55). */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class KnownDevice extends Model<InferAttributes<KnownDevice>, InferCreationAttributes<KnownDevice>> {
  declare personId: string;
  declare digest: Buffer;
  declare seenAt: CreationOptional<Date>;

  static define(sequelize: Sequelize): void {
    KnownDevice.init(
      {
        personId: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        digest: { type: DataTypes.BLOB, primaryKey: true, allowNull: false },
        seenAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
      },
      { sequelize, tableName: 'known_devices' },
    );
  }
}

/** What was typed when a session had ended, sealed, for the same member only (S30). */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class KeptInput extends Model<InferAttributes<KeptInput>, InferCreationAttributes<KeptInput>> {
  declare id: CreationOptional<string>;
  declare memberId: string;
  declare path: string;
  declare sealed: Buffer;
  declare createdAt: CreationOptional<Date>;
  declare expiresAt: Date;

  static define(sequelize: Sequelize): void {
    KeptInput.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        memberId: { type: DataTypes.UUID, allowNull: false },
        path: { type: DataTypes.TEXT, allowNull: false },
        sealed: { type: DataTypes.BLOB, allowNull: false },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        expiresAt: { type: DataTypes.DATE, allowNull: false },
      },
      { sequelize, tableName: 'kept_inputs' },
    );
  }
}

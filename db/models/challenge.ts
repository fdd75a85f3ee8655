/** A ワンタイムパスワード asked for: never holds the code. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Challenge extends Model<InferAttributes<Challenge>, InferCreationAttributes<Challenge>> {
  declare id: CreationOptional<string>;
  declare memberId: CreationOptional<string | null>;
  declare staffId: CreationOptional<string | null>;
  declare purpose: string;
  declare keyId: string;
  declare reference: string;
  declare state: CreationOptional<string>;
  declare tries: CreationOptional<number>;
  declare resends: CreationOptional<number>;
  declare mailedAt: CreationOptional<Date>;
  declare createdAt: CreationOptional<Date>;
  declare expiresAt: Date;
  declare endedAt: CreationOptional<Date | null>;
  declare deviceDigest: CreationOptional<Buffer | null>;
  declare forgiven: CreationOptional<number>;

  static define(sequelize: Sequelize): void {
    Challenge.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        memberId: { type: DataTypes.UUID },
        staffId: { type: DataTypes.UUID },
        purpose: { type: DataTypes.TEXT, allowNull: false },
        keyId: { type: DataTypes.TEXT, allowNull: false },
        reference: { type: DataTypes.TEXT, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        tries: { type: DataTypes.SMALLINT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        resends: { type: DataTypes.SMALLINT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        mailedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        expiresAt: { type: DataTypes.DATE, allowNull: false },
        endedAt: { type: DataTypes.DATE },
        deviceDigest: { type: DataTypes.BLOB },
        forgiven: { type: DataTypes.SMALLINT, allowNull: false, defaultValue: DATABASE_DEFAULT },
      },
      { sequelize, tableName: 'challenges' },
    );
  }
}

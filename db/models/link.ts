/** A link in a mail: its token is derived, only a digest of it lies here. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Link extends Model<InferAttributes<Link>, InferCreationAttributes<Link>> {
  declare id: CreationOptional<string>;
  declare purpose: string;
  declare memberId: string;
  declare procedureId: CreationOptional<string | null>;
  declare keyId: string;
  declare digest: Buffer;
  declare reference: string;
  declare state: CreationOptional<string>;
  declare createdAt: CreationOptional<Date>;
  declare expiresAt: Date;
  declare endedAt: CreationOptional<Date | null>;

  static define(sequelize: Sequelize): void {
    Link.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        purpose: { type: DataTypes.TEXT, allowNull: false },
        memberId: { type: DataTypes.UUID, allowNull: false },
        procedureId: { type: DataTypes.UUID },
        keyId: { type: DataTypes.TEXT, allowNull: false },
        digest: { type: DataTypes.BLOB, allowNull: false },
        reference: { type: DataTypes.TEXT, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        expiresAt: { type: DataTypes.DATE, allowNull: false },
        endedAt: { type: DataTypes.DATE },
      },
      { sequelize, tableName: 'links' },
    );
  }
}

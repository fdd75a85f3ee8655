/** Who did what, when and where; insert-only (S70). */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class AuditLine extends Model<InferAttributes<AuditLine>, InferCreationAttributes<AuditLine>> {
  declare id: CreationOptional<string>;
  declare at: CreationOptional<Date>;
  declare event: string;
  declare actorKind: string;
  declare actorId: CreationOptional<string | null>;
  declare accountId: CreationOptional<string | null>;
  declare subjectId: CreationOptional<string | null>;
  declare ip: CreationOptional<string | null>;
  declare requestId: CreationOptional<string | null>;
  declare detail: CreationOptional<object>;

  static define(sequelize: Sequelize): void {
    AuditLine.init(
      {
        id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true, allowNull: false },
        at: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        event: { type: DataTypes.TEXT, allowNull: false },
        actorKind: { type: DataTypes.TEXT, allowNull: false },
        actorId: { type: DataTypes.UUID },
        accountId: { type: DataTypes.UUID },
        subjectId: { type: DataTypes.UUID },
        ip: { type: DataTypes.TEXT },
        requestId: { type: DataTypes.TEXT },
        detail: { type: DataTypes.JSONB, allowNull: false, defaultValue: DATABASE_DEFAULT },
      },
      { sequelize, tableName: 'audit' },
    );
  }
}

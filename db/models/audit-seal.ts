/** The seal of an audit line, chained to the one before it (S70). */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class AuditSeal extends Model<InferAttributes<AuditSeal>, InferCreationAttributes<AuditSeal>> {
  declare auditId: string;
  declare keyId: string;
  declare seal: Buffer;
  declare sealedAt: CreationOptional<Date>;

  static define(sequelize: Sequelize): void {
    AuditSeal.init(
      {
        auditId: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
        keyId: { type: DataTypes.TEXT, allowNull: false },
        seal: { type: DataTypes.BLOB, allowNull: false },
        sealedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
      },
      { sequelize, tableName: 'audit_seals' },
    );
  }
}

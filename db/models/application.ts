/** A 申込. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Application extends Model<InferAttributes<Application>, InferCreationAttributes<Application>> {
  declare id: CreationOptional<string>;
  declare applicationNumber: string;
  declare accountId: string;
  declare memberId: string;
  declare draftId: string;
  declare kind: string;
  declare contentDigest: Buffer;
  declare appliedAt: CreationOptional<Date>;
  declare rentalClass: string;
  declare orderer: object;
  declare remarks: CreationOptional<string>;
  declare customerReference: CreationOptional<string>;
  declare intake: CreationOptional<string>;
  declare intakeAt: CreationOptional<Date | null>;
  declare intakeRefusal: CreationOptional<string | null>;
  declare orderNumber: CreationOptional<string | null>;
  declare confirmation: CreationOptional<string | null>;
  declare confirmationAt: CreationOptional<Date | null>;
  declare confirmationReason: CreationOptional<string | null>;

  static define(sequelize: Sequelize): void {
    Application.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        applicationNumber: { type: DataTypes.TEXT, allowNull: false },
        accountId: { type: DataTypes.UUID, allowNull: false },
        memberId: { type: DataTypes.UUID, allowNull: false },
        draftId: { type: DataTypes.UUID, allowNull: false },
        kind: { type: DataTypes.TEXT, allowNull: false },
        contentDigest: { type: DataTypes.BLOB, allowNull: false },
        appliedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        rentalClass: { type: DataTypes.TEXT, allowNull: false },
        orderer: { type: DataTypes.JSONB, allowNull: false },
        remarks: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        customerReference: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        intake: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        intakeAt: { type: DataTypes.DATE },
        intakeRefusal: { type: DataTypes.TEXT },
        orderNumber: { type: DataTypes.TEXT },
        confirmation: { type: DataTypes.TEXT },
        confirmationAt: { type: DataTypes.DATE },
        confirmationReason: { type: DataTypes.TEXT },
      },
      { sequelize, tableName: 'applications' },
    );
  }
}

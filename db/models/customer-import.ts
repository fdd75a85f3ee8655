/** A file of migrated customers, sealed between its dry run and its run; afterwards only what it did. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class CustomerImport extends Model<InferAttributes<CustomerImport>, InferCreationAttributes<CustomerImport>> {
  declare id: CreationOptional<string>;
  declare staffId: string;
  declare fileName: string;
  declare sealed: CreationOptional<Buffer | null>;
  declare createdAt: CreationOptional<Date>;
  declare expiresAt: Date;
  declare ranAt: CreationOptional<Date | null>;
  declare accountsAdded: CreationOptional<number | null>;
  declare membersAdded: CreationOptional<number | null>;
  declare unchanged: CreationOptional<number | null>;

  static define(sequelize: Sequelize): void {
    CustomerImport.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        staffId: { type: DataTypes.UUID, allowNull: false },
        fileName: { type: DataTypes.TEXT, allowNull: false },
        sealed: { type: DataTypes.BLOB },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        expiresAt: { type: DataTypes.DATE, allowNull: false },
        ranAt: { type: DataTypes.DATE },
        accountsAdded: { type: DataTypes.INTEGER },
        membersAdded: { type: DataTypes.INTEGER },
        unchanged: { type: DataTypes.INTEGER },
      },
      { sequelize, tableName: 'customer_imports' },
    );
  }
}

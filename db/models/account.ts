/** A contract customer: one ログインID. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Account extends Model<InferAttributes<Account>, InferCreationAttributes<Account>> {
  declare id: CreationOptional<string>;
  declare loginId: string;
  declare customerNumber: CreationOptional<string>;
  declare company: string;
  declare department: CreationOptional<string>;
  declare postalCode: CreationOptional<string>;
  declare address: CreationOptional<string>;
  declare telephone: CreationOptional<string>;
  declare fax: CreationOptional<string>;
  declare createdAt: CreationOptional<Date>;
  declare mfaRequired: CreationOptional<boolean>;

  static define(sequelize: Sequelize): void {
    Account.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        loginId: { type: DataTypes.TEXT, allowNull: false },
        customerNumber: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        company: { type: DataTypes.TEXT, allowNull: false },
        department: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        postalCode: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        address: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        telephone: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        fax: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        mfaRequired: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: DATABASE_DEFAULT },
      },
      { sequelize, tableName: 'accounts' },
    );
  }
}

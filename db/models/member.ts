/** A 利用者: one mail address of an account. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Member extends Model<InferAttributes<Member>, InferCreationAttributes<Member>> {
  declare id: CreationOptional<string>;
  declare accountId: string;
  declare slot: number;
  declare address: string;
  declare addressCanonical: string;
  declare userName: CreationOptional<string>;
  declare passwordHash: CreationOptional<string | null>;
  declare mustChangePassword: CreationOptional<boolean>;
  declare mfa: CreationOptional<boolean>;
  declare createdAt: CreationOptional<Date>;
  declare setUpAt: CreationOptional<Date | null>;
  declare deletedAt: CreationOptional<Date | null>;

  static define(sequelize: Sequelize): void {
    Member.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        accountId: { type: DataTypes.UUID, allowNull: false },
        slot: { type: DataTypes.SMALLINT, allowNull: false },
        address: { type: DataTypes.TEXT, allowNull: false },
        addressCanonical: { type: DataTypes.TEXT, allowNull: false },
        userName: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        passwordHash: { type: DataTypes.TEXT },
        mustChangePassword: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: DATABASE_DEFAULT },
        mfa: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: DATABASE_DEFAULT },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        setUpAt: { type: DataTypes.DATE },
        deletedAt: { type: DataTypes.DATE },
      },
      { sequelize, tableName: 'members' },
    );
  }
}

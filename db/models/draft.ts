/** A 下書き, exactly as typed. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Draft extends Model<InferAttributes<Draft>, InferCreationAttributes<Draft>> {
  declare id: string;
  declare memberId: string;
  declare kind: string;
  declare form: object;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  static define(sequelize: Sequelize): void {
    Draft.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        memberId: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        kind: { type: DataTypes.TEXT, allowNull: false },
        form: { type: DataTypes.JSONB, allowNull: false },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        updatedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
      },
      { sequelize, tableName: 'drafts' },
    );
  }
}

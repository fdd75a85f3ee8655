/** The catalogue. `searchKey` is the normalised code and name. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Product extends Model<InferAttributes<Product>, InferCreationAttributes<Product>> {
  declare code: string;
  declare name: string;
  declare category: string;
  declare available: CreationOptional<boolean>;
  declare searchKey: string;

  static define(sequelize: Sequelize): void {
    Product.init(
      {
        code: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        name: { type: DataTypes.TEXT, allowNull: false },
        category: { type: DataTypes.TEXT, allowNull: false },
        available: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: DATABASE_DEFAULT },
        searchKey: { type: DataTypes.TEXT, allowNull: false },
      },
      { sequelize, tableName: 'products' },
    );
  }
}

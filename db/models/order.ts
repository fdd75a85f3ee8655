/** An order: exists from 受付完了 on. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Order extends Model<InferAttributes<Order>, InferCreationAttributes<Order>> {
  declare orderNumber: string;
  declare accountId: string;
  declare applicationId: string;
  declare createdAt: CreationOptional<Date>;

  static define(sequelize: Sequelize): void {
    Order.init(
      {
        orderNumber: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        accountId: { type: DataTypes.UUID, allowNull: false },
        applicationId: { type: DataTypes.UUID, allowNull: false },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
      },
      { sequelize, tableName: 'orders' },
    );
  }
}

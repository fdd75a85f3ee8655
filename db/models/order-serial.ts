/** The last serial drawn in a month (S84). */
import { DataTypes, type InferAttributes, type InferCreationAttributes, Model, type Sequelize } from 'sequelize';

export class OrderSerial extends Model<InferAttributes<OrderSerial>, InferCreationAttributes<OrderSerial>> {
  declare month: string;
  declare last: number;

  static define(sequelize: Sequelize): void {
    OrderSerial.init(
      {
        month: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        last: { type: DataTypes.INTEGER, allowNull: false },
      },
      { sequelize, tableName: 'order_serials' },
    );
  }
}

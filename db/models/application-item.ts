/** One row of お届け商品情報. */
import { DataTypes, type InferAttributes, type InferCreationAttributes, Model, type Sequelize } from 'sequelize';

export class ApplicationItem extends Model<InferAttributes<ApplicationItem>, InferCreationAttributes<ApplicationItem>> {
  declare applicationId: string;
  declare position: number;
  declare productCode: string;
  declare productName: string;
  declare startsOn: string;
  declare endsOn: string;
  declare quantity: number;
  declare delivery: number;

  static define(sequelize: Sequelize): void {
    ApplicationItem.init(
      {
        applicationId: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        position: { type: DataTypes.SMALLINT, primaryKey: true, allowNull: false },
        productCode: { type: DataTypes.TEXT, allowNull: false },
        productName: { type: DataTypes.TEXT, allowNull: false },
        startsOn: { type: DataTypes.DATEONLY, allowNull: false },
        endsOn: { type: DataTypes.DATEONLY, allowNull: false },
        quantity: { type: DataTypes.SMALLINT, allowNull: false },
        delivery: { type: DataTypes.SMALLINT, allowNull: false },
      },
      { sequelize, tableName: 'application_items' },
    );
  }
}

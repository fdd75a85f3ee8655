/** Days on which the company is closed, beside weekends and Japanese holidays. */
import { DataTypes, type InferAttributes, type InferCreationAttributes, Model, type Sequelize } from 'sequelize';

export class CompanyHoliday extends Model<InferAttributes<CompanyHoliday>, InferCreationAttributes<CompanyHoliday>> {
  declare day: string;
  declare name: string;

  static define(sequelize: Sequelize): void {
    CompanyHoliday.init(
      {
        day: { type: DataTypes.DATEONLY, primaryKey: true, allowNull: false },
        name: { type: DataTypes.TEXT, allowNull: false },
      },
      { sequelize, tableName: 'company_holidays' },
    );
  }
}

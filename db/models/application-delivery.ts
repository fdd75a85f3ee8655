/** One お届け先 of an application, copied in. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class ApplicationDelivery extends Model<
  InferAttributes<ApplicationDelivery>,
  InferCreationAttributes<ApplicationDelivery>
> {
  declare applicationId: string;
  declare position: number;
  declare company: string;
  declare department: CreationOptional<string>;
  declare person: CreationOptional<string>;
  declare postalCode: string;
  declare prefecture: string;
  declare address1: string;
  declare address2: CreationOptional<string>;
  declare telephone: CreationOptional<string>;
  declare fax: CreationOptional<string>;

  static define(sequelize: Sequelize): void {
    ApplicationDelivery.init(
      {
        applicationId: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        position: { type: DataTypes.SMALLINT, primaryKey: true, allowNull: false },
        company: { type: DataTypes.TEXT, allowNull: false },
        department: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        person: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        postalCode: { type: DataTypes.TEXT, allowNull: false },
        prefecture: { type: DataTypes.TEXT, allowNull: false },
        address1: { type: DataTypes.TEXT, allowNull: false },
        address2: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        telephone: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        fax: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
      },
      { sequelize, tableName: 'application_deliveries' },
    );
  }
}

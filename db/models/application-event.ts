/** The timeline of an application. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class ApplicationEvent extends Model<
  InferAttributes<ApplicationEvent>,
  InferCreationAttributes<ApplicationEvent>
> {
  declare id: CreationOptional<string>;
  declare applicationId: string;
  declare event: string;
  declare at: CreationOptional<Date>;

  static define(sequelize: Sequelize): void {
    ApplicationEvent.init(
      {
        id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true, allowNull: false },
        applicationId: { type: DataTypes.UUID, allowNull: false },
        event: { type: DataTypes.TEXT, allowNull: false },
        at: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
      },
      { sequelize, tableName: 'application_events' },
    );
  }
}

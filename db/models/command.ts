/** An act of staff on a waiting application. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Command extends Model<InferAttributes<Command>, InferCreationAttributes<Command>> {
  declare id: CreationOptional<string>;
  declare applicationId: string;
  declare task: string;
  declare verb: string;
  declare reason: CreationOptional<string | null>;
  declare staffId: string;
  declare state: CreationOptional<string>;
  declare givenAt: CreationOptional<Date>;
  declare endedAt: CreationOptional<Date | null>;

  static define(sequelize: Sequelize): void {
    Command.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        applicationId: { type: DataTypes.UUID, allowNull: false },
        task: { type: DataTypes.TEXT, allowNull: false },
        verb: { type: DataTypes.TEXT, allowNull: false },
        reason: { type: DataTypes.TEXT },
        staffId: { type: DataTypes.UUID, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        givenAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        endedAt: { type: DataTypes.DATE },
      },
      { sequelize, tableName: 'commands' },
    );
  }
}

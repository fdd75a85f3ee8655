/** What a flow still has to be told. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class OutboxLine extends Model<InferAttributes<OutboxLine>, InferCreationAttributes<OutboxLine>> {
  declare id: CreationOptional<string>;
  declare flow: string;
  declare rowId: string;
  declare event: string;
  declare subjectId: CreationOptional<string | null>;
  declare dueAt: CreationOptional<Date>;
  declare attempts: CreationOptional<number>;
  declare createdAt: CreationOptional<Date>;
  declare deliveredAt: CreationOptional<Date | null>;

  static define(sequelize: Sequelize): void {
    OutboxLine.init(
      {
        id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true, allowNull: false },
        flow: { type: DataTypes.TEXT, allowNull: false },
        rowId: { type: DataTypes.UUID, allowNull: false },
        event: { type: DataTypes.TEXT, allowNull: false },
        subjectId: { type: DataTypes.UUID },
        dueAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        attempts: { type: DataTypes.INTEGER, allowNull: false, defaultValue: DATABASE_DEFAULT },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        deliveredAt: { type: DataTypes.DATE },
      },
      { sequelize, tableName: 'outbox' },
    );
  }
}

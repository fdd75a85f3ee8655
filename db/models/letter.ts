/** One mail to one recipient. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Letter extends Model<InferAttributes<Letter>, InferCreationAttributes<Letter>> {
  declare id: CreationOptional<string>;
  declare kind: string;
  declare subjectId: string;
  declare occurrence: string;
  declare recipient: string;
  declare facts: object;
  declare messageId: string;
  declare sendBefore: CreationOptional<Date | null>;
  declare giveUpAt: Date;
  declare state: CreationOptional<string>;
  declare tries: CreationOptional<number>;
  declare refusal: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare sentAt: CreationOptional<Date | null>;

  static define(sequelize: Sequelize): void {
    Letter.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        kind: { type: DataTypes.TEXT, allowNull: false },
        subjectId: { type: DataTypes.UUID, allowNull: false },
        occurrence: { type: DataTypes.TEXT, allowNull: false },
        recipient: { type: DataTypes.TEXT, allowNull: false },
        facts: { type: DataTypes.JSONB, allowNull: false },
        messageId: { type: DataTypes.TEXT, allowNull: false },
        sendBefore: { type: DataTypes.DATE },
        giveUpAt: { type: DataTypes.DATE, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false, defaultValue: DATABASE_DEFAULT },
        tries: { type: DataTypes.INTEGER, allowNull: false, defaultValue: DATABASE_DEFAULT },
        refusal: { type: DataTypes.TEXT },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        sentAt: { type: DataTypes.DATE },
      },
      { sequelize, tableName: 'letters' },
    );
  }
}

/** A signed-in browser: only the digest of its secret is stored (S28). */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare id: CreationOptional<string>;
  declare secretDigest: Buffer;
  declare memberId: CreationOptional<string | null>;
  declare staffId: CreationOptional<string | null>;
  declare stage: string;
  declare challengeId: CreationOptional<string | null>;
  declare ip: string;
  declare userAgent: string;
  declare createdAt: CreationOptional<Date>;
  declare lastSeenAt: CreationOptional<Date>;
  declare idleEndsAt: Date;
  declare endsAt: Date;
  declare endedAt: CreationOptional<Date | null>;
  declare endReason: CreationOptional<string | null>;

  static define(sequelize: Sequelize): void {
    Session.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        secretDigest: { type: DataTypes.BLOB, allowNull: false },
        memberId: { type: DataTypes.UUID },
        staffId: { type: DataTypes.UUID },
        stage: { type: DataTypes.TEXT, allowNull: false },
        challengeId: { type: DataTypes.UUID },
        ip: { type: DataTypes.TEXT, allowNull: false },
        userAgent: { type: DataTypes.TEXT, allowNull: false },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        lastSeenAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        idleEndsAt: { type: DataTypes.DATE, allowNull: false },
        endsAt: { type: DataTypes.DATE, allowNull: false },
        endedAt: { type: DataTypes.DATE },
        endReason: { type: DataTypes.TEXT },
      },
      { sequelize, tableName: 'sessions' },
    );
  }
}

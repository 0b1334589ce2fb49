/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_alembic_version` (
  `version_num` varchar(32) NOT NULL,
  PRIMARY KEY (`version_num`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_alembic_version` VALUES ('0007');
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_allocations` (
  `seller_no` bigint(20) NOT NULL,
  `order_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `line_no` int(11) NOT NULL,
  `warehouse` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `sku` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `held` tinyint(1) NOT NULL,
  PRIMARY KEY (`seller_no`,`order_id`,`line_no`,`warehouse`),
  KEY `ix_backorders_allocations_held` (`seller_no`,`held`,`sku`,`warehouse`),
  CONSTRAINT `fk_backorders_allocations_backorders_lines` FOREIGN KEY (`seller_no`, `order_id`, `line_no`) REFERENCES `backorders_lines` (`seller_no`, `order_id`, `line_no`),
  CONSTRAINT `ck_backorders_allocations_quantity` CHECK (`quantity` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_allocations` VALUES (1,'ASKED',1,'MAIN','B',1,1);
INSERT INTO `backorders_allocations` VALUES (1,'ASKED TOO',1,'MAIN','B',1,1);
INSERT INTO `backorders_allocations` VALUES (1,'FIRST',1,'MAIN','LATE',1,1);
INSERT INTO `backorders_allocations` VALUES (1,'GONE',1,'MAIN','B',1,0);
INSERT INTO `backorders_allocations` VALUES (1,'HELD',1,'MAIN','A',1,1);
INSERT INTO `backorders_allocations` VALUES (1,'PARTLY',1,'MAIN','A',2,1);
INSERT INTO `backorders_allocations` VALUES (1,'PICKED',1,'MAIN','B',1,1);
INSERT INTO `backorders_allocations` VALUES (1,'READY',1,'MAIN','A',2,1);
INSERT INTO `backorders_allocations` VALUES (1,'SHORT',1,'EAST','A',2,1);
INSERT INTO `backorders_allocations` VALUES (1,'SHORT',1,'MAIN','A',1,1);
INSERT INTO `backorders_allocations` VALUES (1,'SHORT',2,'MAIN','B',2,1);
INSERT INTO `backorders_allocations` VALUES (1,'WAITED',1,'EAST','G',1,1);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\ASKED TOO; ü☂ 📦',1,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\B; ü☂ 📦',1,1);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\ASKED; ü☂ 📦',1,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\B; ü☂ 📦',1,1);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\FIRST; ü☂ 📦',1,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\LATE; ü☂ 📦',1,1);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\GONE; ü☂ 📦',1,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\B; ü☂ 📦',1,0);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\HELD; ü☂ 📦',1,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\A; ü☂ 📦',1,1);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\PARTLY; ü☂ 📦',1,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\A; ü☂ 📦',2,1);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\PICKED; ü☂ 📦',1,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\B; ü☂ 📦',1,1);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\READY; ü☂ 📦',1,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\A; ü☂ 📦',2,1);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\SHORT; ü☂ 📦',1,'Ł\'\"\\EAST; ü☂ 📦','Ł\'\"\\A; ü☂ 📦',2,1);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\SHORT; ü☂ 📦',1,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\A; ü☂ 📦',1,1);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\SHORT; ü☂ 📦',2,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\B; ü☂ 📦',2,1);
INSERT INTO `backorders_allocations` VALUES (2,'Ł\'\"\\WAITED; ü☂ 📦',1,'Ł\'\"\\EAST; ü☂ 📦','Ł\'\"\\G; ü☂ 📦',1,1);
INSERT INTO `backorders_allocations` VALUES (3,'O1-2',1,'MAIN','TEA',2,1);
INSERT INTO `backorders_allocations` VALUES (3,'O1-2',1,'WEST','TEA',2,1);
INSERT INTO `backorders_allocations` VALUES (3,'O11',3,'EAST','JAM',2,1);
INSERT INTO `backorders_allocations` VALUES (3,'O11',3,'WEST','JAM',1,1);
INSERT INTO `backorders_allocations` VALUES (3,'O17',1,'WEST','JAM',2,1);
INSERT INTO `backorders_allocations` VALUES (3,'O2',1,'MAIN','TEA',2,1);
INSERT INTO `backorders_allocations` VALUES (3,'O2',2,'EAST','JAM',1,1);
INSERT INTO `backorders_allocations` VALUES (3,'O2',3,'WEST','OIL',1,1);
INSERT INTO `backorders_allocations` VALUES (3,'O2',4,'WEST','TEA',2,1);
INSERT INTO `backorders_allocations` VALUES (3,'O3',1,'EAST','OIL',1,1);
INSERT INTO `backorders_allocations` VALUES (3,'O3',1,'WEST','OIL',2,1);
INSERT INTO `backorders_allocations` VALUES (3,'O3',2,'EAST','TEA',1,1);
INSERT INTO `backorders_allocations` VALUES (3,'O3',2,'MAIN','TEA',1,1);
INSERT INTO `backorders_allocations` VALUES (3,'O3',3,'MAIN','JAM',3,1);
INSERT INTO `backorders_allocations` VALUES (3,'O5',1,'EAST','OIL',1,1);
INSERT INTO `backorders_allocations` VALUES (3,'O5',3,'EAST','JAM',3,1);
INSERT INTO `backorders_allocations` VALUES (3,'O7',1,'EAST','OIL',1,1);
INSERT INTO `backorders_allocations` VALUES (3,'O7',3,'EAST','JAM',1,1);
INSERT INTO `backorders_allocations` VALUES (3,'O8',1,'WEST','OIL',2,1);
INSERT INTO `backorders_allocations` VALUES (3,'O9',2,'WEST','TEA',1,1);
INSERT INTO `backorders_allocations` VALUES (3,'O9',3,'WEST','JAM',1,1);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_answered` (
  `seller_no` bigint(20) NOT NULL,
  `answer_key` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `place` bigint(20) NOT NULL,
  `order_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `outcome` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT NULL,
  `created` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT NULL,
  `error` longtext DEFAULT NULL,
  PRIMARY KEY (`seller_no`,`answer_key`,`place`),
  CONSTRAINT `fk_backorders_answered_backorders_answers` FOREIGN KEY (`seller_no`, `answer_key`) REFERENCES `backorders_answers` (`seller_no`, `answer_key`),
  CONSTRAINT `ck_backorders_answered_outcome` CHECK (`outcome` in ('done','refused','unchanged'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_answered` VALUES (1,'KNOWN',0,'ALONE','refused',NULL,'[\"edit_refused\",[\"ALONE\",\"no product would be left\",\"cancel the order instead\"]]');
INSERT INTO `backorders_answered` VALUES (2,'Ł\'\"\\KNOWN; ü☂ 📦',0,'Ł\'\"\\ALONE; ü☂ 📦','refused',NULL,'[\"edit_refused\",[\"Ł\'\\\"\\\\ALONE; ü☂ 📦\",\"no product would be left\",\"cancel the order instead\"]]');
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_answers` (
  `seller_no` bigint(20) NOT NULL,
  `answer_key` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `orders` bigint(20) NOT NULL,
  `answered` bigint(20) NOT NULL,
  `version` int(11) NOT NULL,
  `content` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  PRIMARY KEY (`seller_no`,`answer_key`),
  CONSTRAINT `ck_backorders_answers_version` CHECK (`version` > 0),
  CONSTRAINT `ck_backorders_answers_answered` CHECK (`answered` between 0 and `orders`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_answers` VALUES (1,'KNOWN',1,1,2,'f93ca207158a4401463ac7089561bfc804e6a7e673fa62fa7407cec73e0208f7');
INSERT INTO `backorders_answers` VALUES (2,'Ł\'\"\\KNOWN; ü☂ 📦',1,1,2,'1d3c4fa5b20e86ff0dda2b93ae5eb1d2c977016744d1e2f03693b6c675068c6b');
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_digests` (
  `seller_no` bigint(20) NOT NULL,
  `number` bigint(20) NOT NULL,
  `until` bigint(20) NOT NULL,
  PRIMARY KEY (`seller_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_digests` VALUES (1,1,1773187200000000);
INSERT INTO `backorders_digests` VALUES (2,1,1773187200000000);
INSERT INTO `backorders_digests` VALUES (3,1,1773187200000000);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_documents` (
  `seller_no` bigint(20) NOT NULL,
  `kind` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `reference` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `warehouse` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `lines` longtext NOT NULL,
  `at` bigint(20) NOT NULL,
  `reason` longtext NOT NULL,
  `inbound_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT NULL,
  PRIMARY KEY (`seller_no`,`kind`,`reference`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_documents` VALUES (1,'adjustment','A1','MAIN','{\"B\":-1}',1772442000000000,'a broken one',NULL);
INSERT INTO `backorders_documents` VALUES (1,'count','C1','MAIN','{\"B\":7}',1772442000000000,'a stocktake',NULL);
INSERT INTO `backorders_documents` VALUES (1,'receipt','R1','MAIN','{\"A\":6,\"B\":6}',1772442000000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (1,'receipt','R2','EAST','{\"A\":2}',1772442000000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (1,'receipt','R3','EAST','{\"G\":1}',1772442000000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (1,'receipt','R5','MAIN','{\"G\":1}',1772442000000000,'','OPENED');
INSERT INTO `backorders_documents` VALUES (1,'receipt','R9','MAIN','{\"LATE\":2}',1772442000000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (2,'adjustment','Ł\'\"\\A1; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦','{\"Ł\'\\\"\\\\B; ü☂ 📦\":-1}',1772442000000000,'Ł\'\"\\a broken one; ü☂ 📦',NULL);
INSERT INTO `backorders_documents` VALUES (2,'count','Ł\'\"\\C1; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦','{\"Ł\'\\\"\\\\B; ü☂ 📦\":7}',1772442000000000,'Ł\'\"\\a stocktake; ü☂ 📦',NULL);
INSERT INTO `backorders_documents` VALUES (2,'receipt','Ł\'\"\\R1; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦','{\"Ł\'\\\"\\\\A; ü☂ 📦\":6,\"Ł\'\\\"\\\\B; ü☂ 📦\":6}',1772442000000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (2,'receipt','Ł\'\"\\R2; ü☂ 📦','Ł\'\"\\EAST; ü☂ 📦','{\"Ł\'\\\"\\\\A; ü☂ 📦\":2}',1772442000000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (2,'receipt','Ł\'\"\\R3; ü☂ 📦','Ł\'\"\\EAST; ü☂ 📦','{\"Ł\'\\\"\\\\G; ü☂ 📦\":1}',1772442000000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (2,'receipt','Ł\'\"\\R5; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦','{\"Ł\'\\\"\\\\G; ü☂ 📦\":1}',1772442000000000,'','Ł\'\"\\OPENED; ü☂ 📦');
INSERT INTO `backorders_documents` VALUES (2,'receipt','Ł\'\"\\R9; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦','{\"Ł\'\\\"\\\\LATE; ü☂ 📦\":2}',1772442000000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (3,'count','P2','WEST','{\"JAM\":2,\"OIL\":3,\"TEA\":2}',1772481600000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (3,'count','P3','MAIN','{\"JAM\":3,\"TEA\":2}',1772485200000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (3,'count','P5','WEST','{\"TEA\":2}',1772503200000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (3,'receipt','P10','WEST','{\"TEA\":3}',1772647200000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (3,'receipt','P11','WEST','{\"OIL\":2}',1772658000000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (3,'receipt','P12','EAST','{\"JAM\":3}',1772665200000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (3,'receipt','P13','WEST','{\"JAM\":1}',1772726400000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (3,'receipt','P4','EAST','{\"JAM\":4,\"OIL\":3}',1772496000000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (3,'receipt','P7','EAST','{\"TEA\":1}',1772553600000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (3,'receipt','P8','MAIN','{\"TEA\":3}',1772625600000000,'',NULL);
INSERT INTO `backorders_documents` VALUES (3,'receipt','P9','WEST','{\"JAM\":1}',1772640000000000,'',NULL);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_feeds` (
  `seller_no` bigint(20) NOT NULL,
  `numbered` bigint(20) NOT NULL,
  PRIMARY KEY (`seller_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_feeds` VALUES (1,54);
INSERT INTO `backorders_feeds` VALUES (2,54);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_inbound_lines` (
  `seller_no` bigint(20) NOT NULL,
  `inbound_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `sku` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `announced` bigint(20) NOT NULL,
  `booked_in` bigint(20) NOT NULL,
  `outstanding` tinyint(1) NOT NULL,
  PRIMARY KEY (`seller_no`,`inbound_id`,`sku`),
  KEY `ix_backorders_inbound_lines_outstanding` (`seller_no`,`outstanding`,`sku`),
  CONSTRAINT `fk_backorders_inbound_lines_backorders_inbounds` FOREIGN KEY (`seller_no`, `inbound_id`) REFERENCES `backorders_inbounds` (`seller_no`, `inbound_id`),
  CONSTRAINT `ck_backorders_inbound_lines_units` CHECK (`announced` >= 0 and `booked_in` >= 0 and `announced` + `booked_in` > 0),
  CONSTRAINT `ck_backorders_inbound_lines_outstanding` CHECK (`outstanding` = 0 or `booked_in` < `announced`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_inbound_lines` VALUES (1,'COMING','A',2,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (1,'COMING','C',3,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (1,'HERE','A',2,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (1,'HERE','C',3,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (1,'OPENED','A',2,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (1,'OPENED','C',3,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (1,'OPENED','G',0,1,0);
INSERT INTO `backorders_inbound_lines` VALUES (1,'SHUT','A',2,0,0);
INSERT INTO `backorders_inbound_lines` VALUES (1,'SHUT','C',3,0,0);
INSERT INTO `backorders_inbound_lines` VALUES (2,'Ł\'\"\\COMING; ü☂ 📦','Ł\'\"\\A; ü☂ 📦',2,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (2,'Ł\'\"\\COMING; ü☂ 📦','Ł\'\"\\C; ü☂ 📦',3,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (2,'Ł\'\"\\HERE; ü☂ 📦','Ł\'\"\\A; ü☂ 📦',2,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (2,'Ł\'\"\\HERE; ü☂ 📦','Ł\'\"\\C; ü☂ 📦',3,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (2,'Ł\'\"\\OPENED; ü☂ 📦','Ł\'\"\\A; ü☂ 📦',2,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (2,'Ł\'\"\\OPENED; ü☂ 📦','Ł\'\"\\C; ü☂ 📦',3,0,1);
INSERT INTO `backorders_inbound_lines` VALUES (2,'Ł\'\"\\OPENED; ü☂ 📦','Ł\'\"\\G; ü☂ 📦',0,1,0);
INSERT INTO `backorders_inbound_lines` VALUES (2,'Ł\'\"\\SHUT; ü☂ 📦','Ł\'\"\\A; ü☂ 📦',2,0,0);
INSERT INTO `backorders_inbound_lines` VALUES (2,'Ł\'\"\\SHUT; ü☂ 📦','Ł\'\"\\C; ü☂ 📦',3,0,0);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_inbounds` (
  `seller_no` bigint(20) NOT NULL,
  `inbound_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `warehouse` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `expected_on` int(11) NOT NULL,
  `status` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `arrived_at` bigint(20) DEFAULT NULL,
  `due_on` int(11) DEFAULT NULL,
  `cancelled` tinyint(1) NOT NULL,
  `overdue_told` tinyint(1) NOT NULL,
  `version` int(11) NOT NULL,
  `pending` tinyint(1) NOT NULL,
  PRIMARY KEY (`seller_no`,`inbound_id`),
  KEY `ix_backorders_inbounds_pending` (`seller_no`,`pending`,`due_on`),
  KEY `ix_backorders_inbounds_expected` (`seller_no`,`expected_on`,`inbound_id`),
  CONSTRAINT `ck_backorders_inbounds_version` CHECK (`version` > 0),
  CONSTRAINT `ck_backorders_inbounds_status` CHECK (`status` in ('announced','arrived','closed')),
  CONSTRAINT `ck_backorders_inbounds_pending` CHECK (`pending` = (`status` <> 'closed')),
  CONSTRAINT `ck_backorders_inbounds_arrived` CHECK (`arrived_at` is null = (`due_on` is null)),
  CONSTRAINT `ck_backorders_inbounds_cancelled` CHECK (`cancelled` = 0 or `status` = 'closed')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_inbounds` VALUES (1,'COMING','MAIN',739680,'announced',NULL,NULL,0,0,1,1);
INSERT INTO `backorders_inbounds` VALUES (1,'HERE','MAIN',739668,'arrived',1771750800000000,739671,0,1,3,1);
INSERT INTO `backorders_inbounds` VALUES (1,'OPENED','MAIN',739668,'arrived',1771750800000000,739671,0,1,4,1);
INSERT INTO `backorders_inbounds` VALUES (1,'SHUT','MAIN',739668,'closed',NULL,NULL,0,0,2,0);
INSERT INTO `backorders_inbounds` VALUES (2,'Ł\'\"\\COMING; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦',739680,'announced',NULL,NULL,0,0,1,1);
INSERT INTO `backorders_inbounds` VALUES (2,'Ł\'\"\\HERE; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦',739668,'arrived',1771750800000000,739671,0,1,3,1);
INSERT INTO `backorders_inbounds` VALUES (2,'Ł\'\"\\OPENED; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦',739668,'arrived',1771750800000000,739671,0,1,4,1);
INSERT INTO `backorders_inbounds` VALUES (2,'Ł\'\"\\SHUT; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦',739668,'closed',NULL,NULL,0,0,2,0);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_journal` (
  `seller_no` bigint(20) NOT NULL,
  `kind` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `subject` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `version` int(11) NOT NULL,
  `place` int(11) NOT NULL,
  `event` longtext NOT NULL,
  `position` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`seller_no`,`kind`,`subject`,`version`,`place`),
  KEY `ix_backorders_journal_position` (`seller_no`,`position`,`kind`,`subject`,`version`,`place`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_journal` VALUES (1,'adjustment','A1',1,0,'[\"StockAdjusted\",{\"at\":\"2026-03-02T09:00:00Z\",\"reason\":\"a broken one\",\"reference\":\"A1\",\"units\":{\"B\":-1},\"warehouse\":\"MAIN\"}]',1);
INSERT INTO `backorders_journal` VALUES (1,'count','C1',1,0,'[\"StockCounted\",{\"at\":\"2026-03-02T09:00:00Z\",\"reason\":\"a stocktake\",\"reference\":\"C1\",\"units\":{\"B\":7},\"warehouse\":\"MAIN\"}]',2);
INSERT INTO `backorders_journal` VALUES (1,'inbound','COMING',1,0,'[\"InboundAnnounced\",{\"at\":\"2026-03-02T09:00:00Z\",\"expected_on\":\"2026-03-05\",\"inbound_id\":\"COMING\",\"units\":{\"A\":2,\"C\":3},\"warehouse\":\"MAIN\"}]',3);
INSERT INTO `backorders_journal` VALUES (1,'inbound','HERE',1,0,'[\"InboundAnnounced\",{\"at\":\"2026-03-02T09:00:00Z\",\"expected_on\":\"2026-02-21\",\"inbound_id\":\"HERE\",\"units\":{\"A\":2,\"C\":3},\"warehouse\":\"MAIN\"}]',4);
INSERT INTO `backorders_journal` VALUES (1,'inbound','HERE',2,0,'[\"InboundArrived\",{\"arrived_at\":\"2026-02-22T09:00:00Z\",\"at\":\"2026-03-02T09:00:00Z\",\"due_on\":\"2026-02-24\",\"inbound_id\":\"HERE\"}]',5);
INSERT INTO `backorders_journal` VALUES (1,'inbound','OPENED',1,0,'[\"InboundAnnounced\",{\"at\":\"2026-03-02T09:00:00Z\",\"expected_on\":\"2026-02-21\",\"inbound_id\":\"OPENED\",\"units\":{\"A\":2,\"C\":3},\"warehouse\":\"MAIN\"}]',6);
INSERT INTO `backorders_journal` VALUES (1,'inbound','OPENED',2,0,'[\"InboundArrived\",{\"arrived_at\":\"2026-02-22T09:00:00Z\",\"at\":\"2026-03-02T09:00:00Z\",\"due_on\":\"2026-02-24\",\"inbound_id\":\"OPENED\"}]',7);
INSERT INTO `backorders_journal` VALUES (1,'inbound','OPENED',3,0,'[\"InboundBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound_id\":\"OPENED\",\"receipt\":\"R5\",\"units\":{\"G\":1}}]',8);
INSERT INTO `backorders_journal` VALUES (1,'inbound','SHUT',1,0,'[\"InboundAnnounced\",{\"at\":\"2026-03-02T09:00:00Z\",\"expected_on\":\"2026-02-21\",\"inbound_id\":\"SHUT\",\"units\":{\"A\":2,\"C\":3},\"warehouse\":\"MAIN\"}]',9);
INSERT INTO `backorders_journal` VALUES (1,'inbound','SHUT',2,0,'[\"InboundClosed\",{\"at\":\"2026-03-02T09:00:00Z\",\"discrepancies\":{\"A\":-2,\"C\":-3},\"inbound_id\":\"SHUT\"}]',10);
INSERT INTO `backorders_journal` VALUES (1,'order','AFTER',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-11T09:00:00Z\",\"order_id\":\"AFTER\",\"units\":{\"NONE\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (1,'order','AFTER',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-11T09:00:00Z\",\"because\":\"place_order AFTER\",\"order_id\":\"AFTER\",\"short\":{\"NONE\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (1,'order','ALONE',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"ALONE\",\"units\":{\"H\":1}}]',11);
INSERT INTO `backorders_journal` VALUES (1,'order','ALONE',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order ALONE\",\"order_id\":\"ALONE\",\"short\":{\"H\":1}}]',12);
INSERT INTO `backorders_journal` VALUES (1,'order','ASKED',1,0,'[\"OrderPlaced\",{\"allocated\":{\"B\":1},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"ASKED\",\"units\":{\"B\":1}}]',13);
INSERT INTO `backorders_journal` VALUES (1,'order','ASKED',2,0,'[\"OrderProcessed\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"ASKED\"}]',14);
INSERT INTO `backorders_journal` VALUES (1,'order','ASKED',3,0,'[\"CancellationRequested\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"ASKED\"}]',15);
INSERT INTO `backorders_journal` VALUES (1,'order','ASKED TOO',1,0,'[\"OrderPlaced\",{\"allocated\":{\"B\":1},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"ASKED TOO\",\"units\":{\"B\":1}}]',16);
INSERT INTO `backorders_journal` VALUES (1,'order','ASKED TOO',2,0,'[\"OrderProcessed\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"ASKED TOO\"}]',17);
INSERT INTO `backorders_journal` VALUES (1,'order','ASKED TOO',3,0,'[\"CancellationRequested\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"ASKED TOO\"}]',18);
INSERT INTO `backorders_journal` VALUES (1,'order','ASKED TOO',4,0,'[\"CancellationRefused\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"ASKED TOO\"}]',19);
INSERT INTO `backorders_journal` VALUES (1,'order','FIRST',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"FIRST\",\"units\":{\"LATE\":1}}]',20);
INSERT INTO `backorders_journal` VALUES (1,'order','FIRST',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order FIRST\",\"order_id\":\"FIRST\",\"short\":{\"LATE\":1}}]',21);
INSERT INTO `backorders_journal` VALUES (1,'order','FIRST',2,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in R9\",\"order_id\":\"FIRST\",\"units\":{\"LATE\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (1,'order','FIRST',2,1,'[\"LeftBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in R9\",\"order_id\":\"FIRST\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (1,'order','GONE',1,0,'[\"OrderPlaced\",{\"allocated\":{\"B\":1},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"GONE\",\"units\":{\"B\":1}}]',22);
INSERT INTO `backorders_journal` VALUES (1,'order','GONE',2,0,'[\"OrderProcessed\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"GONE\"}]',23);
INSERT INTO `backorders_journal` VALUES (1,'order','GONE',3,0,'[\"OrderDespatched\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"GONE\"}]',24);
INSERT INTO `backorders_journal` VALUES (1,'order','HELD',1,0,'[\"OrderPlaced\",{\"allocated\":{\"A\":1},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"HELD\",\"units\":{\"A\":1}}]',25);
INSERT INTO `backorders_journal` VALUES (1,'order','HELD',2,0,'[\"HoldPlaced\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"HELD\",\"reason\":\"fraud_risk\",\"until\":\"2026-03-02T08:00:00Z\"}]',26);
INSERT INTO `backorders_journal` VALUES (1,'order','LAST',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"LAST\",\"units\":{\"A\":2,\"C\":1}}]',27);
INSERT INTO `backorders_journal` VALUES (1,'order','LAST',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order LAST\",\"order_id\":\"LAST\",\"short\":{\"A\":2,\"C\":1}}]',28);
INSERT INTO `backorders_journal` VALUES (1,'order','OFF',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"OFF\",\"units\":{\"C\":1}}]',29);
INSERT INTO `backorders_journal` VALUES (1,'order','OFF',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order OFF\",\"order_id\":\"OFF\",\"short\":{\"C\":1}}]',30);
INSERT INTO `backorders_journal` VALUES (1,'order','OFF',2,0,'[\"OrderCancelled\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"OFF\",\"reason\":\"the first reason\"}]',31);
INSERT INTO `backorders_journal` VALUES (1,'order','PARTLY',1,0,'[\"OrderPlaced\",{\"allocated\":{\"A\":2},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"PARTLY\",\"units\":{\"A\":2,\"C\":2}}]',32);
INSERT INTO `backorders_journal` VALUES (1,'order','PARTLY',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order PARTLY\",\"order_id\":\"PARTLY\",\"short\":{\"C\":2}}]',33);
INSERT INTO `backorders_journal` VALUES (1,'order','PICKED',1,0,'[\"OrderPlaced\",{\"allocated\":{\"B\":1},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"PICKED\",\"units\":{\"B\":1}}]',34);
INSERT INTO `backorders_journal` VALUES (1,'order','PICKED',2,0,'[\"OrderProcessed\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"PICKED\"}]',35);
INSERT INTO `backorders_journal` VALUES (1,'order','READY',1,0,'[\"OrderPlaced\",{\"allocated\":{\"A\":2},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"READY\",\"units\":{\"A\":2}}]',36);
INSERT INTO `backorders_journal` VALUES (1,'order','SECOND',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"SECOND\",\"units\":{\"LATE\":1}}]',37);
INSERT INTO `backorders_journal` VALUES (1,'order','SECOND',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order SECOND\",\"order_id\":\"SECOND\",\"short\":{\"LATE\":1}}]',38);
INSERT INTO `backorders_journal` VALUES (1,'order','SHORT',1,0,'[\"OrderPlaced\",{\"allocated\":{\"A\":3,\"B\":2},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"SHORT\",\"units\":{\"A\":5,\"B\":2}}]',39);
INSERT INTO `backorders_journal` VALUES (1,'order','SHORT',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order SHORT\",\"order_id\":\"SHORT\",\"short\":{\"A\":2}}]',40);
INSERT INTO `backorders_journal` VALUES (1,'order','SWAP',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"SWAP\",\"units\":{\"C\":1}}]',41);
INSERT INTO `backorders_journal` VALUES (1,'order','SWAP',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order SWAP\",\"order_id\":\"SWAP\",\"short\":{\"C\":1}}]',42);
INSERT INTO `backorders_journal` VALUES (1,'order','THIRD',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"THIRD\",\"units\":{\"LATE\":1}}]',43);
INSERT INTO `backorders_journal` VALUES (1,'order','THIRD',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order THIRD\",\"order_id\":\"THIRD\",\"short\":{\"LATE\":1}}]',44);
INSERT INTO `backorders_journal` VALUES (1,'order','WAITED',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"WAITED\",\"units\":{\"G\":1}}]',45);
INSERT INTO `backorders_journal` VALUES (1,'order','WAITED',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order WAITED\",\"order_id\":\"WAITED\",\"short\":{\"G\":1}}]',46);
INSERT INTO `backorders_journal` VALUES (1,'order','WAITED',2,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in R3\",\"order_id\":\"WAITED\",\"units\":{\"G\":1}}]',47);
INSERT INTO `backorders_journal` VALUES (1,'order','WAITED',2,1,'[\"LeftBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in R3\",\"order_id\":\"WAITED\"}]',48);
INSERT INTO `backorders_journal` VALUES (1,'order','WHOLE',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"WHOLE\",\"units\":{\"A\":3,\"B\":1}}]',49);
INSERT INTO `backorders_journal` VALUES (1,'order','WHOLE',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order WHOLE\",\"order_id\":\"WHOLE\",\"short\":{\"A\":3,\"B\":1}}]',50);
INSERT INTO `backorders_journal` VALUES (1,'receipt','R1',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound\":null,\"reference\":\"R1\",\"units\":{\"A\":6,\"B\":6},\"warehouse\":\"MAIN\"}]',51);
INSERT INTO `backorders_journal` VALUES (1,'receipt','R2',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound\":null,\"reference\":\"R2\",\"units\":{\"A\":2},\"warehouse\":\"EAST\"}]',52);
INSERT INTO `backorders_journal` VALUES (1,'receipt','R3',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound\":null,\"reference\":\"R3\",\"units\":{\"G\":1},\"warehouse\":\"EAST\"}]',53);
INSERT INTO `backorders_journal` VALUES (1,'receipt','R5',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound\":\"OPENED\",\"reference\":\"R5\",\"units\":{\"G\":1},\"warehouse\":\"MAIN\"}]',54);
INSERT INTO `backorders_journal` VALUES (1,'receipt','R9',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound\":null,\"reference\":\"R9\",\"units\":{\"LATE\":2},\"warehouse\":\"MAIN\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (2,'adjustment','Ł\'\"\\A1; ü☂ 📦',1,0,'[\"StockAdjusted\",{\"at\":\"2026-03-02T09:00:00Z\",\"reason\":\"Ł\'\\\"\\\\a broken one; ü☂ 📦\",\"reference\":\"Ł\'\\\"\\\\A1; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\B; ü☂ 📦\":-1},\"warehouse\":\"Ł\'\\\"\\\\MAIN; ü☂ 📦\"}]',1);
INSERT INTO `backorders_journal` VALUES (2,'count','Ł\'\"\\C1; ü☂ 📦',1,0,'[\"StockCounted\",{\"at\":\"2026-03-02T09:00:00Z\",\"reason\":\"Ł\'\\\"\\\\a stocktake; ü☂ 📦\",\"reference\":\"Ł\'\\\"\\\\C1; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\B; ü☂ 📦\":7},\"warehouse\":\"Ł\'\\\"\\\\MAIN; ü☂ 📦\"}]',2);
INSERT INTO `backorders_journal` VALUES (2,'inbound','Ł\'\"\\COMING; ü☂ 📦',1,0,'[\"InboundAnnounced\",{\"at\":\"2026-03-02T09:00:00Z\",\"expected_on\":\"2026-03-05\",\"inbound_id\":\"Ł\'\\\"\\\\COMING; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2,\"Ł\'\\\"\\\\C; ü☂ 📦\":3},\"warehouse\":\"Ł\'\\\"\\\\MAIN; ü☂ 📦\"}]',3);
INSERT INTO `backorders_journal` VALUES (2,'inbound','Ł\'\"\\HERE; ü☂ 📦',1,0,'[\"InboundAnnounced\",{\"at\":\"2026-03-02T09:00:00Z\",\"expected_on\":\"2026-02-21\",\"inbound_id\":\"Ł\'\\\"\\\\HERE; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2,\"Ł\'\\\"\\\\C; ü☂ 📦\":3},\"warehouse\":\"Ł\'\\\"\\\\MAIN; ü☂ 📦\"}]',4);
INSERT INTO `backorders_journal` VALUES (2,'inbound','Ł\'\"\\HERE; ü☂ 📦',2,0,'[\"InboundArrived\",{\"arrived_at\":\"2026-02-22T09:00:00Z\",\"at\":\"2026-03-02T09:00:00Z\",\"due_on\":\"2026-02-24\",\"inbound_id\":\"Ł\'\\\"\\\\HERE; ü☂ 📦\"}]',5);
INSERT INTO `backorders_journal` VALUES (2,'inbound','Ł\'\"\\OPENED; ü☂ 📦',1,0,'[\"InboundAnnounced\",{\"at\":\"2026-03-02T09:00:00Z\",\"expected_on\":\"2026-02-21\",\"inbound_id\":\"Ł\'\\\"\\\\OPENED; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2,\"Ł\'\\\"\\\\C; ü☂ 📦\":3},\"warehouse\":\"Ł\'\\\"\\\\MAIN; ü☂ 📦\"}]',6);
INSERT INTO `backorders_journal` VALUES (2,'inbound','Ł\'\"\\OPENED; ü☂ 📦',2,0,'[\"InboundArrived\",{\"arrived_at\":\"2026-02-22T09:00:00Z\",\"at\":\"2026-03-02T09:00:00Z\",\"due_on\":\"2026-02-24\",\"inbound_id\":\"Ł\'\\\"\\\\OPENED; ü☂ 📦\"}]',7);
INSERT INTO `backorders_journal` VALUES (2,'inbound','Ł\'\"\\OPENED; ü☂ 📦',3,0,'[\"InboundBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound_id\":\"Ł\'\\\"\\\\OPENED; ü☂ 📦\",\"receipt\":\"Ł\'\\\"\\\\R5; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\G; ü☂ 📦\":1}}]',8);
INSERT INTO `backorders_journal` VALUES (2,'inbound','Ł\'\"\\SHUT; ü☂ 📦',1,0,'[\"InboundAnnounced\",{\"at\":\"2026-03-02T09:00:00Z\",\"expected_on\":\"2026-02-21\",\"inbound_id\":\"Ł\'\\\"\\\\SHUT; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2,\"Ł\'\\\"\\\\C; ü☂ 📦\":3},\"warehouse\":\"Ł\'\\\"\\\\MAIN; ü☂ 📦\"}]',9);
INSERT INTO `backorders_journal` VALUES (2,'inbound','Ł\'\"\\SHUT; ü☂ 📦',2,0,'[\"InboundClosed\",{\"at\":\"2026-03-02T09:00:00Z\",\"discrepancies\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":-2,\"Ł\'\\\"\\\\C; ü☂ 📦\":-3},\"inbound_id\":\"Ł\'\\\"\\\\SHUT; ü☂ 📦\"}]',10);
INSERT INTO `backorders_journal` VALUES (2,'order','AFTER',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-11T09:00:00Z\",\"order_id\":\"AFTER\",\"units\":{\"NONE\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (2,'order','AFTER',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-11T09:00:00Z\",\"because\":\"place_order AFTER\",\"order_id\":\"AFTER\",\"short\":{\"NONE\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\ALONE; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\ALONE; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\H; ü☂ 📦\":1}}]',11);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\ALONE; ü☂ 📦',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order Ł\'\\\"\\\\ALONE; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\ALONE; ü☂ 📦\",\"short\":{\"Ł\'\\\"\\\\H; ü☂ 📦\":1}}]',12);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\ASKED TOO; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{\"Ł\'\\\"\\\\B; ü☂ 📦\":1},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\ASKED TOO; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\B; ü☂ 📦\":1}}]',13);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\ASKED TOO; ü☂ 📦',2,0,'[\"OrderProcessed\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\ASKED TOO; ü☂ 📦\"}]',14);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\ASKED TOO; ü☂ 📦',3,0,'[\"CancellationRequested\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\ASKED TOO; ü☂ 📦\"}]',15);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\ASKED TOO; ü☂ 📦',4,0,'[\"CancellationRefused\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\ASKED TOO; ü☂ 📦\"}]',16);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\ASKED; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{\"Ł\'\\\"\\\\B; ü☂ 📦\":1},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\ASKED; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\B; ü☂ 📦\":1}}]',17);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\ASKED; ü☂ 📦',2,0,'[\"OrderProcessed\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\ASKED; ü☂ 📦\"}]',18);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\ASKED; ü☂ 📦',3,0,'[\"CancellationRequested\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\ASKED; ü☂ 📦\"}]',19);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\FIRST; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\FIRST; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\LATE; ü☂ 📦\":1}}]',20);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\FIRST; ü☂ 📦',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order Ł\'\\\"\\\\FIRST; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\FIRST; ü☂ 📦\",\"short\":{\"Ł\'\\\"\\\\LATE; ü☂ 📦\":1}}]',21);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\FIRST; ü☂ 📦',2,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in Ł\'\\\"\\\\R9; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\FIRST; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\LATE; ü☂ 📦\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\FIRST; ü☂ 📦',2,1,'[\"LeftBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in Ł\'\\\"\\\\R9; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\FIRST; ü☂ 📦\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\GONE; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{\"Ł\'\\\"\\\\B; ü☂ 📦\":1},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\GONE; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\B; ü☂ 📦\":1}}]',22);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\GONE; ü☂ 📦',2,0,'[\"OrderProcessed\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\GONE; ü☂ 📦\"}]',23);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\GONE; ü☂ 📦',3,0,'[\"OrderDespatched\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\GONE; ü☂ 📦\"}]',24);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\HELD; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":1},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\HELD; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":1}}]',25);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\HELD; ü☂ 📦',2,0,'[\"HoldPlaced\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\HELD; ü☂ 📦\",\"reason\":\"fraud_risk\",\"until\":\"2026-03-02T08:00:00Z\"}]',26);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\LAST; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\LAST; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2,\"Ł\'\\\"\\\\C; ü☂ 📦\":1}}]',27);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\LAST; ü☂ 📦',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order Ł\'\\\"\\\\LAST; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\LAST; ü☂ 📦\",\"short\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2,\"Ł\'\\\"\\\\C; ü☂ 📦\":1}}]',28);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\OFF; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\OFF; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\C; ü☂ 📦\":1}}]',29);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\OFF; ü☂ 📦',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order Ł\'\\\"\\\\OFF; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\OFF; ü☂ 📦\",\"short\":{\"Ł\'\\\"\\\\C; ü☂ 📦\":1}}]',30);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\OFF; ü☂ 📦',2,0,'[\"OrderCancelled\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\OFF; ü☂ 📦\",\"reason\":\"Ł\'\\\"\\\\the first reason; ü☂ 📦\"}]',31);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\PARTLY; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\PARTLY; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2,\"Ł\'\\\"\\\\C; ü☂ 📦\":2}}]',32);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\PARTLY; ü☂ 📦',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order Ł\'\\\"\\\\PARTLY; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\PARTLY; ü☂ 📦\",\"short\":{\"Ł\'\\\"\\\\C; ü☂ 📦\":2}}]',33);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\PICKED; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{\"Ł\'\\\"\\\\B; ü☂ 📦\":1},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\PICKED; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\B; ü☂ 📦\":1}}]',34);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\PICKED; ü☂ 📦',2,0,'[\"OrderProcessed\",{\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\PICKED; ü☂ 📦\"}]',35);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\READY; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\READY; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2}}]',36);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\SECOND; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\SECOND; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\LATE; ü☂ 📦\":1}}]',37);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\SECOND; ü☂ 📦',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order Ł\'\\\"\\\\SECOND; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\SECOND; ü☂ 📦\",\"short\":{\"Ł\'\\\"\\\\LATE; ü☂ 📦\":1}}]',38);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\SHORT; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":3,\"Ł\'\\\"\\\\B; ü☂ 📦\":2},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\SHORT; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":5,\"Ł\'\\\"\\\\B; ü☂ 📦\":2}}]',39);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\SHORT; ü☂ 📦',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order Ł\'\\\"\\\\SHORT; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\SHORT; ü☂ 📦\",\"short\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2}}]',40);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\SWAP; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\SWAP; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\C; ü☂ 📦\":1}}]',41);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\SWAP; ü☂ 📦',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order Ł\'\\\"\\\\SWAP; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\SWAP; ü☂ 📦\",\"short\":{\"Ł\'\\\"\\\\C; ü☂ 📦\":1}}]',42);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\THIRD; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\THIRD; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\LATE; ü☂ 📦\":1}}]',43);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\THIRD; ü☂ 📦',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order Ł\'\\\"\\\\THIRD; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\THIRD; ü☂ 📦\",\"short\":{\"Ł\'\\\"\\\\LATE; ü☂ 📦\":1}}]',44);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\WAITED; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\WAITED; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\G; ü☂ 📦\":1}}]',45);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\WAITED; ü☂ 📦',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order Ł\'\\\"\\\\WAITED; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\WAITED; ü☂ 📦\",\"short\":{\"Ł\'\\\"\\\\G; ü☂ 📦\":1}}]',46);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\WAITED; ü☂ 📦',2,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in Ł\'\\\"\\\\R3; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\WAITED; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\G; ü☂ 📦\":1}}]',47);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\WAITED; ü☂ 📦',2,1,'[\"LeftBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in Ł\'\\\"\\\\R3; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\WAITED; ü☂ 📦\"}]',48);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\WHOLE; ü☂ 📦',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\WHOLE; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":3,\"Ł\'\\\"\\\\B; ü☂ 📦\":1}}]',49);
INSERT INTO `backorders_journal` VALUES (2,'order','Ł\'\"\\WHOLE; ü☂ 📦',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"place_order Ł\'\\\"\\\\WHOLE; ü☂ 📦\",\"order_id\":\"Ł\'\\\"\\\\WHOLE; ü☂ 📦\",\"short\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":3,\"Ł\'\\\"\\\\B; ü☂ 📦\":1}}]',50);
INSERT INTO `backorders_journal` VALUES (2,'receipt','Ł\'\"\\R1; ü☂ 📦',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound\":null,\"reference\":\"Ł\'\\\"\\\\R1; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":6,\"Ł\'\\\"\\\\B; ü☂ 📦\":6},\"warehouse\":\"Ł\'\\\"\\\\MAIN; ü☂ 📦\"}]',51);
INSERT INTO `backorders_journal` VALUES (2,'receipt','Ł\'\"\\R2; ü☂ 📦',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound\":null,\"reference\":\"Ł\'\\\"\\\\R2; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\A; ü☂ 📦\":2},\"warehouse\":\"Ł\'\\\"\\\\EAST; ü☂ 📦\"}]',52);
INSERT INTO `backorders_journal` VALUES (2,'receipt','Ł\'\"\\R3; ü☂ 📦',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound\":null,\"reference\":\"Ł\'\\\"\\\\R3; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\G; ü☂ 📦\":1},\"warehouse\":\"Ł\'\\\"\\\\EAST; ü☂ 📦\"}]',53);
INSERT INTO `backorders_journal` VALUES (2,'receipt','Ł\'\"\\R5; ü☂ 📦',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound\":\"Ł\'\\\"\\\\OPENED; ü☂ 📦\",\"reference\":\"Ł\'\\\"\\\\R5; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\G; ü☂ 📦\":1},\"warehouse\":\"Ł\'\\\"\\\\MAIN; ü☂ 📦\"}]',54);
INSERT INTO `backorders_journal` VALUES (2,'receipt','Ł\'\"\\R9; ü☂ 📦',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-02T09:00:00Z\",\"inbound\":null,\"reference\":\"Ł\'\\\"\\\\R9; ü☂ 📦\",\"units\":{\"Ł\'\\\"\\\\LATE; ü☂ 📦\":2},\"warehouse\":\"Ł\'\\\"\\\\MAIN; ü☂ 📦\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'count','P2',1,0,'[\"StockCounted\",{\"at\":\"2026-03-02T20:00:00Z\",\"reason\":\"\",\"reference\":\"P2\",\"units\":{\"JAM\":2,\"OIL\":3,\"TEA\":2},\"warehouse\":\"WEST\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'count','P3',1,0,'[\"StockCounted\",{\"at\":\"2026-03-02T21:00:00Z\",\"reason\":\"\",\"reference\":\"P3\",\"units\":{\"JAM\":3,\"TEA\":2},\"warehouse\":\"MAIN\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'count','P5',1,0,'[\"StockCounted\",{\"at\":\"2026-03-03T02:00:00Z\",\"reason\":\"\",\"reference\":\"P5\",\"units\":{\"TEA\":2},\"warehouse\":\"WEST\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','AFTER',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-11T09:00:00Z\",\"order_id\":\"AFTER\",\"units\":{\"NONE\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','AFTER',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-11T09:00:00Z\",\"because\":\"place_order AFTER\",\"order_id\":\"AFTER\",\"short\":{\"NONE\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','N1',1,0,'[\"OrderCreated\",{\"at\":\"2026-03-05T04:00:00Z\",\"order_id\":\"N1\",\"short\":{\"OIL\":1},\"split_from\":\"O8\",\"units\":{\"OIL\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O1',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T10:00:00Z\",\"order_id\":\"O1\",\"units\":{\"JAM\":3,\"OIL\":5,\"TEA\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O1',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T10:00:00Z\",\"because\":\"place_order O1\",\"order_id\":\"O1\",\"short\":{\"JAM\":3,\"OIL\":5,\"TEA\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O1',2,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-03T00:00:00Z\",\"because\":\"book_in P4\",\"order_id\":\"O1\",\"units\":{\"JAM\":3,\"OIL\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O1',3,0,'[\"HoldPlaced\",{\"at\":\"2026-03-03T10:00:00Z\",\"order_id\":\"O1\",\"reason\":\"order_delay\",\"until\":\"2026-04-01T09:00:00Z\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O1',4,0,'[\"OrderCancelled\",{\"at\":\"2026-03-03T15:00:00Z\",\"order_id\":\"O1\",\"reason\":\"\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O1-2',1,0,'[\"OrderCreated\",{\"at\":\"2026-03-03T01:00:00Z\",\"order_id\":\"O1-2\",\"short\":{\"TEA\":4},\"split_from\":\"O2\",\"units\":{\"TEA\":4}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O1-2',2,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-04T18:00:00Z\",\"because\":\"book_in P10\",\"order_id\":\"O1-2\",\"units\":{\"TEA\":4}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O1-2',2,1,'[\"LeftBackOrder\",{\"at\":\"2026-03-04T18:00:00Z\",\"because\":\"book_in P10\",\"order_id\":\"O1-2\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O10',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-04T13:00:00Z\",\"order_id\":\"O10\",\"units\":{\"OIL\":2,\"TEA\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O10',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-04T13:00:00Z\",\"because\":\"place_order O10\",\"order_id\":\"O10\",\"short\":{\"OIL\":2,\"TEA\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O10',2,0,'[\"HoldPlaced\",{\"at\":\"2026-03-05T06:00:00Z\",\"order_id\":\"O10\",\"reason\":\"order_delay\",\"until\":null}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O11',1,0,'[\"OrderPlaced\",{\"allocated\":{\"JAM\":3},\"at\":\"2026-03-05T02:00:00Z\",\"order_id\":\"O11\",\"units\":{\"JAM\":3,\"OIL\":2,\"TEA\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O11',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-05T02:00:00Z\",\"because\":\"place_order O11\",\"order_id\":\"O11\",\"short\":{\"OIL\":2,\"TEA\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O12',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-05T03:00:00Z\",\"order_id\":\"O12\",\"units\":{\"JAM\":3,\"OIL\":2,\"TEA\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O12',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-05T03:00:00Z\",\"because\":\"place_order O12\",\"order_id\":\"O12\",\"short\":{\"JAM\":3,\"OIL\":2,\"TEA\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O13',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-05T05:00:00Z\",\"order_id\":\"O13\",\"units\":{\"TEA\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O13',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-05T05:00:00Z\",\"because\":\"place_order O13\",\"order_id\":\"O13\",\"short\":{\"TEA\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O14',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-05T07:00:00Z\",\"order_id\":\"O14\",\"units\":{\"JAM\":5}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O14',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-05T07:00:00Z\",\"because\":\"place_order O14\",\"order_id\":\"O14\",\"short\":{\"JAM\":5}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O15',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-05T08:00:00Z\",\"order_id\":\"O15\",\"units\":{\"OIL\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O15',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-05T08:00:00Z\",\"because\":\"place_order O15\",\"order_id\":\"O15\",\"short\":{\"OIL\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O16',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-05T10:00:00Z\",\"order_id\":\"O16\",\"units\":{\"JAM\":1,\"OIL\":2,\"TEA\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O16',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-05T10:00:00Z\",\"because\":\"place_order O16\",\"order_id\":\"O16\",\"short\":{\"JAM\":1,\"OIL\":2,\"TEA\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O17',1,0,'[\"OrderPlaced\",{\"allocated\":{\"JAM\":1},\"at\":\"2026-03-05T11:00:00Z\",\"order_id\":\"O17\",\"units\":{\"JAM\":2,\"OIL\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O17',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-05T11:00:00Z\",\"because\":\"place_order O17\",\"order_id\":\"O17\",\"short\":{\"JAM\":1,\"OIL\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O17',2,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-05T16:00:00Z\",\"because\":\"book_in P13\",\"order_id\":\"O17\",\"units\":{\"JAM\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O18',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-05T13:00:00Z\",\"order_id\":\"O18\",\"units\":{\"OIL\":4}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O18',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-05T13:00:00Z\",\"because\":\"place_order O18\",\"order_id\":\"O18\",\"short\":{\"OIL\":4}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O19',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-05T17:00:00Z\",\"order_id\":\"O19\",\"units\":{\"JAM\":2,\"OIL\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O19',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-05T17:00:00Z\",\"because\":\"place_order O19\",\"order_id\":\"O19\",\"short\":{\"JAM\":2,\"OIL\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O2',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-02T17:00:00Z\",\"order_id\":\"O2\",\"units\":{\"JAM\":1,\"OIL\":1,\"TEA\":4}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O2',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-02T17:00:00Z\",\"because\":\"place_order O2\",\"order_id\":\"O2\",\"short\":{\"JAM\":1,\"OIL\":1,\"TEA\":4}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O2',2,0,'[\"OrderEdited\",{\"at\":\"2026-03-02T19:00:00Z\",\"order_id\":\"O2\",\"units\":{\"TEA\":4}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O2',3,0,'[\"OrderSplit\",{\"at\":\"2026-03-03T01:00:00Z\",\"created\":\"O1-2\",\"order_id\":\"O2\",\"units\":{\"TEA\":4}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O2',3,1,'[\"UnitsAllocated\",{\"at\":\"2026-03-03T01:00:00Z\",\"because\":\"split_order O2\",\"order_id\":\"O2\",\"units\":{\"JAM\":1,\"OIL\":1,\"TEA\":4}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O2',3,2,'[\"LeftBackOrder\",{\"at\":\"2026-03-03T01:00:00Z\",\"because\":\"split_order O2\",\"order_id\":\"O2\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O2',4,0,'[\"OrderProcessed\",{\"at\":\"2026-03-03T07:00:00Z\",\"order_id\":\"O2\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O3',1,0,'[\"OrderPlaced\",{\"allocated\":{\"JAM\":3,\"OIL\":2},\"at\":\"2026-03-03T08:00:00Z\",\"order_id\":\"O3\",\"units\":{\"JAM\":3,\"OIL\":3,\"TEA\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O3',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-03T08:00:00Z\",\"because\":\"place_order O3\",\"order_id\":\"O3\",\"short\":{\"OIL\":1,\"TEA\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O3',2,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-03T15:00:00Z\",\"because\":\"cancel_order O1\",\"order_id\":\"O3\",\"units\":{\"OIL\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O3',3,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-03T16:00:00Z\",\"because\":\"book_in P7\",\"order_id\":\"O3\",\"units\":{\"TEA\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O3',4,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-04T12:00:00Z\",\"because\":\"book_in P8\",\"order_id\":\"O3\",\"units\":{\"TEA\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O3',4,1,'[\"LeftBackOrder\",{\"at\":\"2026-03-04T12:00:00Z\",\"because\":\"book_in P8\",\"order_id\":\"O3\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O4',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-03T13:00:00Z\",\"order_id\":\"O4\",\"units\":{\"TEA\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O4',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-03T13:00:00Z\",\"because\":\"place_order O4\",\"order_id\":\"O4\",\"short\":{\"TEA\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O4',2,0,'[\"OrderCancelled\",{\"at\":\"2026-03-04T06:00:00Z\",\"order_id\":\"O4\",\"reason\":\"\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O5',1,0,'[\"OrderPlaced\",{\"allocated\":{\"JAM\":3,\"OIL\":1},\"at\":\"2026-03-03T19:00:00Z\",\"order_id\":\"O5\",\"units\":{\"JAM\":3,\"OIL\":1,\"TEA\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O5',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-03T19:00:00Z\",\"because\":\"place_order O5\",\"order_id\":\"O5\",\"short\":{\"TEA\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O5',2,0,'[\"OrderSplit\",{\"at\":\"2026-03-04T11:00:00Z\",\"created\":\"O5-2\",\"order_id\":\"O5\",\"units\":{\"TEA\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O5',2,1,'[\"LeftBackOrder\",{\"at\":\"2026-03-04T11:00:00Z\",\"because\":\"split_order O5\",\"order_id\":\"O5\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O5-2',1,0,'[\"OrderCreated\",{\"at\":\"2026-03-04T11:00:00Z\",\"order_id\":\"O5-2\",\"short\":{\"TEA\":2},\"split_from\":\"O5\",\"units\":{\"TEA\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O6',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-03T20:00:00Z\",\"order_id\":\"O6\",\"units\":{\"OIL\":2,\"TEA\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O6',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-03T20:00:00Z\",\"because\":\"place_order O6\",\"order_id\":\"O6\",\"short\":{\"OIL\":2,\"TEA\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O6',2,0,'[\"OrderCancelled\",{\"at\":\"2026-03-04T22:00:00Z\",\"order_id\":\"O6\",\"reason\":\"\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O7',1,0,'[\"OrderPlaced\",{\"allocated\":{\"OIL\":1},\"at\":\"2026-03-03T21:00:00Z\",\"order_id\":\"O7\",\"units\":{\"JAM\":1,\"OIL\":3,\"TEA\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O7',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-03T21:00:00Z\",\"because\":\"place_order O7\",\"order_id\":\"O7\",\"short\":{\"JAM\":1,\"OIL\":2,\"TEA\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O7',2,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-04T23:00:00Z\",\"because\":\"book_in P12\",\"order_id\":\"O7\",\"units\":{\"JAM\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O8',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-03T22:00:00Z\",\"order_id\":\"O8\",\"units\":{\"OIL\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O8',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-03T22:00:00Z\",\"because\":\"place_order O8\",\"order_id\":\"O8\",\"short\":{\"OIL\":3}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O8',2,0,'[\"HoldPlaced\",{\"at\":\"2026-03-04T20:00:00Z\",\"order_id\":\"O8\",\"reason\":\"fraud_risk\",\"until\":\"2026-03-02T09:00:00Z\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O8',3,0,'[\"UnitsAllocated\",{\"at\":\"2026-03-04T21:00:00Z\",\"because\":\"book_in P11\",\"order_id\":\"O8\",\"units\":{\"OIL\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O8',4,0,'[\"OrderSplit\",{\"at\":\"2026-03-05T04:00:00Z\",\"created\":\"N1\",\"order_id\":\"O8\",\"units\":{\"OIL\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O8',4,1,'[\"LeftBackOrder\",{\"at\":\"2026-03-05T04:00:00Z\",\"because\":\"split_order O8\",\"order_id\":\"O8\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O9',1,0,'[\"OrderPlaced\",{\"allocated\":{},\"at\":\"2026-03-04T04:00:00Z\",\"order_id\":\"O9\",\"units\":{\"JAM\":1,\"OIL\":2,\"TEA\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O9',1,1,'[\"WentOnBackOrder\",{\"at\":\"2026-03-04T04:00:00Z\",\"because\":\"place_order O9\",\"order_id\":\"O9\",\"short\":{\"JAM\":1,\"OIL\":2,\"TEA\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O9',2,0,'[\"OrderSplit\",{\"at\":\"2026-03-04T19:00:00Z\",\"created\":\"O9-2\",\"order_id\":\"O9\",\"units\":{\"OIL\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O9',2,1,'[\"OrderProcessed\",{\"at\":\"2026-03-04T19:00:00Z\",\"order_id\":\"O9\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O9',2,2,'[\"UnitsAllocated\",{\"at\":\"2026-03-04T19:00:00Z\",\"because\":\"process_order O9\",\"order_id\":\"O9\",\"units\":{\"JAM\":1,\"TEA\":1}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O9',2,3,'[\"LeftBackOrder\",{\"at\":\"2026-03-04T19:00:00Z\",\"because\":\"process_order O9\",\"order_id\":\"O9\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'order','O9-2',1,0,'[\"OrderCreated\",{\"at\":\"2026-03-04T19:00:00Z\",\"order_id\":\"O9-2\",\"short\":{\"OIL\":2},\"split_from\":\"O9\",\"units\":{\"OIL\":2}}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'receipt','P10',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-04T18:00:00Z\",\"inbound\":null,\"reference\":\"P10\",\"units\":{\"TEA\":3},\"warehouse\":\"WEST\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'receipt','P11',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-04T21:00:00Z\",\"inbound\":null,\"reference\":\"P11\",\"units\":{\"OIL\":2},\"warehouse\":\"WEST\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'receipt','P12',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-04T23:00:00Z\",\"inbound\":null,\"reference\":\"P12\",\"units\":{\"JAM\":3},\"warehouse\":\"EAST\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'receipt','P13',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-05T16:00:00Z\",\"inbound\":null,\"reference\":\"P13\",\"units\":{\"JAM\":1},\"warehouse\":\"WEST\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'receipt','P4',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-03T00:00:00Z\",\"inbound\":null,\"reference\":\"P4\",\"units\":{\"JAM\":4,\"OIL\":3},\"warehouse\":\"EAST\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'receipt','P7',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-03T16:00:00Z\",\"inbound\":null,\"reference\":\"P7\",\"units\":{\"TEA\":1},\"warehouse\":\"EAST\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'receipt','P8',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-04T12:00:00Z\",\"inbound\":null,\"reference\":\"P8\",\"units\":{\"TEA\":3},\"warehouse\":\"MAIN\"}]',NULL);
INSERT INTO `backorders_journal` VALUES (3,'receipt','P9',1,0,'[\"StockBookedIn\",{\"at\":\"2026-03-04T16:00:00Z\",\"inbound\":null,\"reference\":\"P9\",\"units\":{\"JAM\":1},\"warehouse\":\"WEST\"}]',NULL);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_levels` (
  `seller_no` bigint(20) NOT NULL,
  `sku` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `warehouse` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `on_hand` bigint(20) NOT NULL,
  `allocated` bigint(20) NOT NULL,
  `owed` tinyint(1) NOT NULL,
  PRIMARY KEY (`seller_no`,`sku`,`warehouse`),
  CONSTRAINT `ck_backorders_levels_allocated` CHECK (0 <= `allocated` and `allocated` <= `on_hand`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_levels` VALUES (1,'A','EAST',2,2,0);
INSERT INTO `backorders_levels` VALUES (1,'A','MAIN',6,6,0);
INSERT INTO `backorders_levels` VALUES (1,'B','MAIN',6,5,0);
INSERT INTO `backorders_levels` VALUES (1,'G','EAST',1,1,0);
INSERT INTO `backorders_levels` VALUES (1,'G','MAIN',1,0,0);
INSERT INTO `backorders_levels` VALUES (1,'LATE','MAIN',2,1,1);
INSERT INTO `backorders_levels` VALUES (2,'Ł\'\"\\A; ü☂ 📦','Ł\'\"\\EAST; ü☂ 📦',2,2,0);
INSERT INTO `backorders_levels` VALUES (2,'Ł\'\"\\A; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦',6,6,0);
INSERT INTO `backorders_levels` VALUES (2,'Ł\'\"\\B; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦',6,5,0);
INSERT INTO `backorders_levels` VALUES (2,'Ł\'\"\\G; ü☂ 📦','Ł\'\"\\EAST; ü☂ 📦',1,1,0);
INSERT INTO `backorders_levels` VALUES (2,'Ł\'\"\\G; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦',1,0,0);
INSERT INTO `backorders_levels` VALUES (2,'Ł\'\"\\LATE; ü☂ 📦','Ł\'\"\\MAIN; ü☂ 📦',2,1,1);
INSERT INTO `backorders_levels` VALUES (3,'JAM','EAST',7,7,0);
INSERT INTO `backorders_levels` VALUES (3,'JAM','MAIN',3,3,0);
INSERT INTO `backorders_levels` VALUES (3,'JAM','WEST',4,4,0);
INSERT INTO `backorders_levels` VALUES (3,'OIL','EAST',3,3,0);
INSERT INTO `backorders_levels` VALUES (3,'OIL','WEST',5,5,0);
INSERT INTO `backorders_levels` VALUES (3,'TEA','EAST',1,1,0);
INSERT INTO `backorders_levels` VALUES (3,'TEA','MAIN',5,5,0);
INSERT INTO `backorders_levels` VALUES (3,'TEA','WEST',5,5,0);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_lines` (
  `seller_no` bigint(20) NOT NULL,
  `order_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `line_no` int(11) NOT NULL,
  `sku` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `allocated` bigint(20) NOT NULL,
  `waiting` tinyint(1) NOT NULL,
  `descending_priority` bigint(20) NOT NULL,
  `placed_at` bigint(20) NOT NULL,
  `first_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `claim` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `warehouse` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT NULL,
  PRIMARY KEY (`seller_no`,`order_id`,`line_no`),
  KEY `ix_backorders_lines_waiting` (`seller_no`,`waiting`,`sku`,`descending_priority`,`placed_at`,`first_id`),
  CONSTRAINT `fk_backorders_lines_backorders_orders` FOREIGN KEY (`seller_no`, `order_id`) REFERENCES `backorders_orders` (`seller_no`, `order_id`),
  CONSTRAINT `ck_backorders_lines_quantity` CHECK (`quantity` between 1 and 2147483647),
  CONSTRAINT `ck_backorders_lines_allocated` CHECK (`allocated` between 0 and `quantity`),
  CONSTRAINT `ck_backorders_lines_waiting` CHECK (`waiting` = 0 or `allocated` < `quantity`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_lines` VALUES (1,'AFTER',1,'NONE',1,0,1,0,1773219600000000,'AFTER','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'ALONE',1,'H',1,0,1,0,1772442000000000,'ALONE','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'ASKED',1,'B',1,1,0,0,1772442000000000,'ASKED','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'ASKED TOO',1,'B',1,1,0,0,1772442000000000,'ASKED TOO','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'FIRST',1,'LATE',1,1,0,0,1772442000000000,'FIRST','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'GONE',1,'B',1,1,0,0,1772442000000000,'GONE','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'HELD',1,'A',1,1,0,0,1772442000000000,'HELD','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'LAST',1,'A',1,0,1,0,1772442000000000,'LAST','hold','EAST');
INSERT INTO `backorders_lines` VALUES (1,'LAST',2,'C',1,0,1,0,1772442000000000,'LAST','hold','EAST');
INSERT INTO `backorders_lines` VALUES (1,'LAST',3,'A',1,0,1,0,1772442000000000,'LAST','hold','EAST');
INSERT INTO `backorders_lines` VALUES (1,'OFF',1,'C',1,0,0,0,1772442000000000,'OFF','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'PARTLY',1,'A',2,2,0,0,1772355600000000,'PARTLY','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'PARTLY',2,'C',2,0,1,0,1772355600000000,'PARTLY','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'PICKED',1,'B',1,1,0,0,1772442000000000,'PICKED','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'READY',1,'A',2,2,0,0,1772442000000000,'READY','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'SECOND',1,'LATE',1,0,1,0,1772442000000000,'SECOND','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'SHORT',1,'A',5,3,1,0,1771664400000000,'SHORT','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'SHORT',2,'B',2,2,0,0,1771664400000000,'SHORT','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'SWAP',1,'C',1,0,1,0,1772442000000000,'SWAP','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'THIRD',1,'LATE',1,0,1,0,1772442000000000,'THIRD','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'WAITED',1,'G',1,1,0,0,1772442000000000,'WAITED','hold',NULL);
INSERT INTO `backorders_lines` VALUES (1,'WHOLE',1,'A',3,0,1,0,1772442000000000,'WHOLE','yield',NULL);
INSERT INTO `backorders_lines` VALUES (1,'WHOLE',2,'B',1,0,1,0,1772442000000000,'WHOLE','yield',NULL);
INSERT INTO `backorders_lines` VALUES (2,'AFTER',1,'NONE',1,0,1,0,1773219600000000,'AFTER','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\ALONE; ü☂ 📦',1,'Ł\'\"\\H; ü☂ 📦',1,0,1,0,1772442000000000,'Ł\'\"\\ALONE; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\ASKED TOO; ü☂ 📦',1,'Ł\'\"\\B; ü☂ 📦',1,1,0,0,1772442000000000,'Ł\'\"\\ASKED TOO; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\ASKED; ü☂ 📦',1,'Ł\'\"\\B; ü☂ 📦',1,1,0,0,1772442000000000,'Ł\'\"\\ASKED; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\FIRST; ü☂ 📦',1,'Ł\'\"\\LATE; ü☂ 📦',1,1,0,0,1772442000000000,'Ł\'\"\\FIRST; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\GONE; ü☂ 📦',1,'Ł\'\"\\B; ü☂ 📦',1,1,0,0,1772442000000000,'Ł\'\"\\GONE; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\HELD; ü☂ 📦',1,'Ł\'\"\\A; ü☂ 📦',1,1,0,0,1772442000000000,'Ł\'\"\\HELD; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\LAST; ü☂ 📦',1,'Ł\'\"\\A; ü☂ 📦',1,0,1,0,1772442000000000,'Ł\'\"\\LAST; ü☂ 📦','hold','Ł\'\"\\EAST; ü☂ 📦');
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\LAST; ü☂ 📦',2,'Ł\'\"\\C; ü☂ 📦',1,0,1,0,1772442000000000,'Ł\'\"\\LAST; ü☂ 📦','hold','Ł\'\"\\EAST; ü☂ 📦');
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\LAST; ü☂ 📦',3,'Ł\'\"\\A; ü☂ 📦',1,0,1,0,1772442000000000,'Ł\'\"\\LAST; ü☂ 📦','hold','Ł\'\"\\EAST; ü☂ 📦');
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\OFF; ü☂ 📦',1,'Ł\'\"\\C; ü☂ 📦',1,0,0,0,1772442000000000,'Ł\'\"\\OFF; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\PARTLY; ü☂ 📦',1,'Ł\'\"\\A; ü☂ 📦',2,2,0,0,1772355600000000,'Ł\'\"\\PARTLY; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\PARTLY; ü☂ 📦',2,'Ł\'\"\\C; ü☂ 📦',2,0,1,0,1772355600000000,'Ł\'\"\\PARTLY; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\PICKED; ü☂ 📦',1,'Ł\'\"\\B; ü☂ 📦',1,1,0,0,1772442000000000,'Ł\'\"\\PICKED; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\READY; ü☂ 📦',1,'Ł\'\"\\A; ü☂ 📦',2,2,0,0,1772442000000000,'Ł\'\"\\READY; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\SECOND; ü☂ 📦',1,'Ł\'\"\\LATE; ü☂ 📦',1,0,1,0,1772442000000000,'Ł\'\"\\SECOND; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\SHORT; ü☂ 📦',1,'Ł\'\"\\A; ü☂ 📦',5,3,1,0,1771664400000000,'Ł\'\"\\SHORT; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\SHORT; ü☂ 📦',2,'Ł\'\"\\B; ü☂ 📦',2,2,0,0,1771664400000000,'Ł\'\"\\SHORT; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\SWAP; ü☂ 📦',1,'Ł\'\"\\C; ü☂ 📦',1,0,1,0,1772442000000000,'Ł\'\"\\SWAP; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\THIRD; ü☂ 📦',1,'Ł\'\"\\LATE; ü☂ 📦',1,0,1,0,1772442000000000,'Ł\'\"\\THIRD; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\WAITED; ü☂ 📦',1,'Ł\'\"\\G; ü☂ 📦',1,1,0,0,1772442000000000,'Ł\'\"\\WAITED; ü☂ 📦','hold',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\WHOLE; ü☂ 📦',1,'Ł\'\"\\A; ü☂ 📦',3,0,1,0,1772442000000000,'Ł\'\"\\WHOLE; ü☂ 📦','yield',NULL);
INSERT INTO `backorders_lines` VALUES (2,'Ł\'\"\\WHOLE; ü☂ 📦',2,'Ł\'\"\\B; ü☂ 📦',1,0,1,0,1772442000000000,'Ł\'\"\\WHOLE; ü☂ 📦','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'AFTER',1,'NONE',1,0,1,0,1773219600000000,'AFTER','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'N1',1,'OIL',1,0,1,0,1772355600000000,'O8','hold','WEST');
INSERT INTO `backorders_lines` VALUES (3,'O1',1,'OIL',2,0,0,1,1772269200000000,'O1','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O1',2,'TEA',2,0,0,1,1772269200000000,'O1','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O1',3,'JAM',3,0,0,1,1772269200000000,'O1','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O1',4,'OIL',3,0,0,1,1772269200000000,'O1','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O1-2',1,'TEA',4,4,0,0,1772470800000000,'O2','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O10',1,'TEA',2,0,1,0,1772269200000000,'O10','yield','MAIN');
INSERT INTO `backorders_lines` VALUES (3,'O10',2,'OIL',2,0,1,0,1772269200000000,'O10','yield','MAIN');
INSERT INTO `backorders_lines` VALUES (3,'O11',1,'OIL',2,0,1,0,1772442000000000,'O11','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O11',2,'TEA',1,0,1,0,1772442000000000,'O11','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O11',3,'JAM',3,3,0,0,1772442000000000,'O11','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O12',1,'JAM',3,0,1,-1,1772355600000000,'O12','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O12',2,'OIL',2,0,1,-1,1772355600000000,'O12','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O12',3,'TEA',3,0,1,-1,1772355600000000,'O12','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O13',1,'TEA',3,0,1,0,1772269200000000,'O13','hold','WEST');
INSERT INTO `backorders_lines` VALUES (3,'O14',1,'JAM',3,0,1,0,1772355600000000,'O14','yield','WEST');
INSERT INTO `backorders_lines` VALUES (3,'O14',2,'JAM',2,0,1,0,1772355600000000,'O14','yield','WEST');
INSERT INTO `backorders_lines` VALUES (3,'O15',1,'OIL',1,0,1,0,1772355600000000,'O15','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O16',1,'JAM',1,0,1,-1,1772269200000000,'O16','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O16',2,'TEA',3,0,1,-1,1772269200000000,'O16','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O16',3,'OIL',2,0,1,-1,1772269200000000,'O16','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O17',1,'JAM',2,2,0,0,1772269200000000,'O17','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O17',2,'OIL',3,0,1,0,1772269200000000,'O17','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O18',1,'OIL',1,0,1,-1,1772442000000000,'O18','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O18',2,'OIL',3,0,1,-1,1772442000000000,'O18','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O19',1,'JAM',2,0,1,0,1772730000000000,'O19','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O19',2,'OIL',1,0,1,0,1772730000000000,'O19','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O2',1,'TEA',2,2,0,0,1772470800000000,'O2','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O2',2,'JAM',1,1,0,0,1772470800000000,'O2','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O2',3,'OIL',1,1,0,0,1772470800000000,'O2','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O2',4,'TEA',2,2,0,0,1772470800000000,'O2','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O3',1,'OIL',3,3,0,1,1772355600000000,'O3','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O3',2,'TEA',2,2,0,1,1772355600000000,'O3','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O3',3,'JAM',3,3,0,1,1772355600000000,'O3','hold',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O4',1,'TEA',1,0,0,0,1772442000000000,'O4','yield','MAIN');
INSERT INTO `backorders_lines` VALUES (3,'O5',1,'OIL',1,1,0,-1,1772355600000000,'O5','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O5',3,'JAM',3,3,0,-1,1772355600000000,'O5','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O5-2',1,'TEA',2,0,1,-1,1772355600000000,'O5','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O6',1,'OIL',2,0,0,0,1772568000000000,'O6','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O6',2,'TEA',1,0,0,0,1772568000000000,'O6','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O7',1,'OIL',3,1,1,-1,1772571600000000,'O7','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O7',2,'TEA',3,0,1,-1,1772571600000000,'O7','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O7',3,'JAM',1,1,0,-1,1772571600000000,'O7','hold','EAST');
INSERT INTO `backorders_lines` VALUES (3,'O8',1,'OIL',2,2,0,0,1772355600000000,'O8','hold','WEST');
INSERT INTO `backorders_lines` VALUES (3,'O9',2,'TEA',1,1,0,0,1772355600000000,'O9','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O9',3,'JAM',1,1,0,0,1772355600000000,'O9','yield',NULL);
INSERT INTO `backorders_lines` VALUES (3,'O9-2',1,'OIL',2,0,1,0,1772355600000000,'O9','yield',NULL);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_movements` (
  `seller_no` bigint(20) NOT NULL,
  `kind` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `reference` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `place` int(11) NOT NULL,
  `warehouse` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `sku` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `quantity` bigint(20) NOT NULL,
  `at` bigint(20) NOT NULL,
  PRIMARY KEY (`seller_no`,`kind`,`reference`,`place`),
  CONSTRAINT `ck_backorders_movements_quantity` CHECK (`quantity` <> 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_movements` VALUES (1,'adjustment','A1',0,'MAIN','B',-1,1772442000000000);
INSERT INTO `backorders_movements` VALUES (1,'count','C1',0,'MAIN','B',2,1772442000000000);
INSERT INTO `backorders_movements` VALUES (1,'despatch','GONE',0,'MAIN','B',-1,1772442000000000);
INSERT INTO `backorders_movements` VALUES (1,'receipt','R1',0,'MAIN','A',6,1772442000000000);
INSERT INTO `backorders_movements` VALUES (1,'receipt','R1',1,'MAIN','B',6,1772442000000000);
INSERT INTO `backorders_movements` VALUES (1,'receipt','R2',0,'EAST','A',2,1772442000000000);
INSERT INTO `backorders_movements` VALUES (1,'receipt','R3',0,'EAST','G',1,1772442000000000);
INSERT INTO `backorders_movements` VALUES (1,'receipt','R5',0,'MAIN','G',1,1772442000000000);
INSERT INTO `backorders_movements` VALUES (1,'receipt','R9',0,'MAIN','LATE',2,1772442000000000);
INSERT INTO `backorders_movements` VALUES (2,'adjustment','Ł\'\"\\A1; ü☂ 📦',0,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\B; ü☂ 📦',-1,1772442000000000);
INSERT INTO `backorders_movements` VALUES (2,'count','Ł\'\"\\C1; ü☂ 📦',0,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\B; ü☂ 📦',2,1772442000000000);
INSERT INTO `backorders_movements` VALUES (2,'despatch','Ł\'\"\\GONE; ü☂ 📦',0,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\B; ü☂ 📦',-1,1772442000000000);
INSERT INTO `backorders_movements` VALUES (2,'receipt','Ł\'\"\\R1; ü☂ 📦',0,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\A; ü☂ 📦',6,1772442000000000);
INSERT INTO `backorders_movements` VALUES (2,'receipt','Ł\'\"\\R1; ü☂ 📦',1,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\B; ü☂ 📦',6,1772442000000000);
INSERT INTO `backorders_movements` VALUES (2,'receipt','Ł\'\"\\R2; ü☂ 📦',0,'Ł\'\"\\EAST; ü☂ 📦','Ł\'\"\\A; ü☂ 📦',2,1772442000000000);
INSERT INTO `backorders_movements` VALUES (2,'receipt','Ł\'\"\\R3; ü☂ 📦',0,'Ł\'\"\\EAST; ü☂ 📦','Ł\'\"\\G; ü☂ 📦',1,1772442000000000);
INSERT INTO `backorders_movements` VALUES (2,'receipt','Ł\'\"\\R5; ü☂ 📦',0,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\G; ü☂ 📦',1,1772442000000000);
INSERT INTO `backorders_movements` VALUES (2,'receipt','Ł\'\"\\R9; ü☂ 📦',0,'Ł\'\"\\MAIN; ü☂ 📦','Ł\'\"\\LATE; ü☂ 📦',2,1772442000000000);
INSERT INTO `backorders_movements` VALUES (3,'count','P2',0,'WEST','JAM',2,1772481600000000);
INSERT INTO `backorders_movements` VALUES (3,'count','P2',1,'WEST','OIL',3,1772481600000000);
INSERT INTO `backorders_movements` VALUES (3,'count','P2',2,'WEST','TEA',2,1772481600000000);
INSERT INTO `backorders_movements` VALUES (3,'count','P3',0,'MAIN','JAM',3,1772485200000000);
INSERT INTO `backorders_movements` VALUES (3,'count','P3',1,'MAIN','TEA',2,1772485200000000);
INSERT INTO `backorders_movements` VALUES (3,'receipt','P10',0,'WEST','TEA',3,1772647200000000);
INSERT INTO `backorders_movements` VALUES (3,'receipt','P11',0,'WEST','OIL',2,1772658000000000);
INSERT INTO `backorders_movements` VALUES (3,'receipt','P12',0,'EAST','JAM',3,1772665200000000);
INSERT INTO `backorders_movements` VALUES (3,'receipt','P13',0,'WEST','JAM',1,1772726400000000);
INSERT INTO `backorders_movements` VALUES (3,'receipt','P4',0,'EAST','JAM',4,1772496000000000);
INSERT INTO `backorders_movements` VALUES (3,'receipt','P4',1,'EAST','OIL',3,1772496000000000);
INSERT INTO `backorders_movements` VALUES (3,'receipt','P7',0,'EAST','TEA',1,1772553600000000);
INSERT INTO `backorders_movements` VALUES (3,'receipt','P8',0,'MAIN','TEA',3,1772625600000000);
INSERT INTO `backorders_movements` VALUES (3,'receipt','P9',0,'WEST','JAM',1,1772640000000000);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_notes` (
  `seller_no` bigint(20) NOT NULL,
  `order_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `version` int(11) NOT NULL,
  `at` bigint(20) NOT NULL,
  `products` longtext NOT NULL,
  `more_products` int(11) NOT NULL,
  PRIMARY KEY (`seller_no`,`order_id`,`version`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_notes` VALUES (1,'AFTER',1,1773219600000000,'[[\"NONE\",1,1]]',0);
INSERT INTO `backorders_notes` VALUES (2,'AFTER',1,1773219600000000,'[[\"NONE\",1,1]]',0);
INSERT INTO `backorders_notes` VALUES (3,'AFTER',1,1773219600000000,'[[\"NONE\",1,1]]',0);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_orders` (
  `seller_no` bigint(20) NOT NULL,
  `order_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `descending_priority` bigint(20) NOT NULL,
  `placed_at` bigint(20) NOT NULL,
  `first_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `ship` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `claim` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `warehouse` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT NULL,
  `stage` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `holds` longtext NOT NULL,
  `hold_ends_at` bigint(20) DEFAULT NULL,
  `split_from` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT NULL,
  `cancellation_requested` tinyint(1) NOT NULL,
  `version` int(11) NOT NULL,
  `waiting` tinyint(1) NOT NULL,
  `back_order_since` bigint(20) DEFAULT NULL,
  `back_order_time` bigint(20) DEFAULT NULL,
  `content` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `lines_asked` int(11) NOT NULL,
  `lines_filled` int(11) NOT NULL,
  `units_asked` bigint(20) NOT NULL,
  `units_filled` bigint(20) NOT NULL,
  PRIMARY KEY (`seller_no`,`order_id`),
  KEY `ix_backorders_orders_waiting` (`seller_no`,`waiting`,`descending_priority`,`placed_at`,`first_id`),
  KEY `ix_backorders_orders_holds` (`seller_no`,`hold_ends_at`),
  KEY `ix_backorders_orders_listed` (`seller_no`,`stage`,`waiting`,`placed_at`,`order_id`),
  CONSTRAINT `ck_backorders_orders_version` CHECK (`version` > 0),
  CONSTRAINT `ck_backorders_orders_stage` CHECK (`stage` in ('open','processed','despatched','cancelled')),
  CONSTRAINT `ck_backorders_orders_waiting` CHECK (`waiting` = 0 or `stage` = 'open')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_orders` VALUES (1,'AFTER',0,1773219600000000,'AFTER','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1773219600000000,NULL,'dfe3bfff036c2d1e12edaa401106e0c57987a34e56e3f699cbb97c37454d1b4f',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (1,'ALONE',0,1772442000000000,'ALONE','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'4f4d9bae05a72812da2c050ad5631739d5211277994460e7e8c0b18a368e7d32',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (1,'ASKED',0,1772442000000000,'ASKED','complete','hold',NULL,'processed','{}',NULL,NULL,1,3,0,NULL,NULL,'134ada00c6caa3833ec58ca1559fd641052c6779c9592c027ea237e76246bf4d',1,1,1,1);
INSERT INTO `backorders_orders` VALUES (1,'ASKED TOO',0,1772442000000000,'ASKED TOO','complete','hold',NULL,'processed','{}',NULL,NULL,0,4,0,NULL,NULL,'134ada00c6caa3833ec58ca1559fd641052c6779c9592c027ea237e76246bf4d',1,1,1,1);
INSERT INTO `backorders_orders` VALUES (1,'FIRST',0,1772442000000000,'FIRST','complete','hold',NULL,'open','{}',NULL,NULL,0,2,0,NULL,0,'d66feb2664e1bae73dd19d39c28255e7e22085c6a8c0571c8458a8377e3b2992',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (1,'GONE',0,1772442000000000,'GONE','complete','hold',NULL,'despatched','{}',NULL,NULL,0,3,0,NULL,NULL,'134ada00c6caa3833ec58ca1559fd641052c6779c9592c027ea237e76246bf4d',1,1,1,1);
INSERT INTO `backorders_orders` VALUES (1,'HELD',0,1772442000000000,'HELD','complete','hold',NULL,'open','{\"fraud_risk\":1772438400000000}',1772438400000000,NULL,0,2,0,NULL,NULL,'cf55d3c31b6354df22c3af0ad3bf03db3ce145fa383522307c1180dd9784ce55',1,1,1,1);
INSERT INTO `backorders_orders` VALUES (1,'LAST',0,1772442000000000,'LAST','complete','hold','EAST','open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'91eadfb997459c613816fd008bc322060aeb2bbe4d1403ce6d8075466bcbe034',3,0,3,0);
INSERT INTO `backorders_orders` VALUES (1,'OFF',0,1772442000000000,'OFF','complete','hold',NULL,'cancelled','{}',NULL,NULL,0,2,0,NULL,0,'9019cf96335a6bb070a753d3ab75cff738cdc7541b979b93990696c3282b33e4',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (1,'PARTLY',0,1772355600000000,'PARTLY','as_available','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'52d6199e0e597df526f9299889ad9a7d79a3b1528ca3cf883716869a7d009d42',2,1,4,2);
INSERT INTO `backorders_orders` VALUES (1,'PICKED',0,1772442000000000,'PICKED','complete','hold',NULL,'processed','{}',NULL,NULL,0,2,0,NULL,NULL,'134ada00c6caa3833ec58ca1559fd641052c6779c9592c027ea237e76246bf4d',1,1,1,1);
INSERT INTO `backorders_orders` VALUES (1,'READY',0,1772442000000000,'READY','complete','hold',NULL,'open','{}',NULL,NULL,0,1,0,NULL,NULL,'e6de05c42a7a3269c8e3813480e66bb9afb2a215b148ef49d62a4895d8ac08f2',1,1,2,2);
INSERT INTO `backorders_orders` VALUES (1,'SECOND',0,1772442000000000,'SECOND','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'d66feb2664e1bae73dd19d39c28255e7e22085c6a8c0571c8458a8377e3b2992',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (1,'SHORT',0,1771664400000000,'SHORT','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'5d491056605b34e61d794a20e5a4ec30c66c4f58da8a1e82db5d40efe1e88918',2,1,7,5);
INSERT INTO `backorders_orders` VALUES (1,'SWAP',0,1772442000000000,'SWAP','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'9019cf96335a6bb070a753d3ab75cff738cdc7541b979b93990696c3282b33e4',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (1,'THIRD',0,1772442000000000,'THIRD','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'d66feb2664e1bae73dd19d39c28255e7e22085c6a8c0571c8458a8377e3b2992',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (1,'WAITED',0,1772442000000000,'WAITED','complete','hold',NULL,'open','{}',NULL,NULL,0,2,0,NULL,0,'a5fc4fcc574c74b3ef563b3be869b726d75e2dd17ac276b843c7cbb1fcdb85e2',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (1,'WHOLE',0,1772442000000000,'WHOLE','complete','yield',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'fcb75c6b4820fbc1bec1a5ee66054c2f54676770656cf4f5194962759aefed8a',2,0,4,0);
INSERT INTO `backorders_orders` VALUES (2,'AFTER',0,1773219600000000,'AFTER','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1773219600000000,NULL,'dfe3bfff036c2d1e12edaa401106e0c57987a34e56e3f699cbb97c37454d1b4f',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\ALONE; ü☂ 📦',0,1772442000000000,'Ł\'\"\\ALONE; ü☂ 📦','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'06733fed1931d8414aa7f5caea0f4506bd2aea5f3e7a51a35397171fd2940ce3',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\ASKED TOO; ü☂ 📦',0,1772442000000000,'Ł\'\"\\ASKED TOO; ü☂ 📦','complete','hold',NULL,'processed','{}',NULL,NULL,0,4,0,NULL,NULL,'689de3324a005c4aa746cf434d973d944600dc6a56b22b6cfe937cb755f26599',1,1,1,1);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\ASKED; ü☂ 📦',0,1772442000000000,'Ł\'\"\\ASKED; ü☂ 📦','complete','hold',NULL,'processed','{}',NULL,NULL,1,3,0,NULL,NULL,'689de3324a005c4aa746cf434d973d944600dc6a56b22b6cfe937cb755f26599',1,1,1,1);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\FIRST; ü☂ 📦',0,1772442000000000,'Ł\'\"\\FIRST; ü☂ 📦','complete','hold',NULL,'open','{}',NULL,NULL,0,2,0,NULL,0,'a4bcfc87ed30c22036790bdc21fb4a14a0df3f10a671482787bb9b0de7ef8870',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\GONE; ü☂ 📦',0,1772442000000000,'Ł\'\"\\GONE; ü☂ 📦','complete','hold',NULL,'despatched','{}',NULL,NULL,0,3,0,NULL,NULL,'689de3324a005c4aa746cf434d973d944600dc6a56b22b6cfe937cb755f26599',1,1,1,1);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\HELD; ü☂ 📦',0,1772442000000000,'Ł\'\"\\HELD; ü☂ 📦','complete','hold',NULL,'open','{\"fraud_risk\":1772438400000000}',1772438400000000,NULL,0,2,0,NULL,NULL,'a25079a82345688371d58cca7b2e50d03f674a96fb238ac3f510098fa7e51b83',1,1,1,1);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\LAST; ü☂ 📦',0,1772442000000000,'Ł\'\"\\LAST; ü☂ 📦','complete','hold','Ł\'\"\\EAST; ü☂ 📦','open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'1e2c2225d512b76c7af765b725ef29f7f5fd172515fbfc94c111bcbd960f920c',3,0,3,0);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\OFF; ü☂ 📦',0,1772442000000000,'Ł\'\"\\OFF; ü☂ 📦','complete','hold',NULL,'cancelled','{}',NULL,NULL,0,2,0,NULL,0,'51c285f612b0c40f2ce0dc191102b67ef816426ec0e4a925d3aeafd1528821ad',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\PARTLY; ü☂ 📦',0,1772355600000000,'Ł\'\"\\PARTLY; ü☂ 📦','as_available','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'4dc795ffcdfa48ed30a675f1f9fd07aadad5b0505e460004212d3cb497eb2606',2,1,4,2);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\PICKED; ü☂ 📦',0,1772442000000000,'Ł\'\"\\PICKED; ü☂ 📦','complete','hold',NULL,'processed','{}',NULL,NULL,0,2,0,NULL,NULL,'689de3324a005c4aa746cf434d973d944600dc6a56b22b6cfe937cb755f26599',1,1,1,1);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\READY; ü☂ 📦',0,1772442000000000,'Ł\'\"\\READY; ü☂ 📦','complete','hold',NULL,'open','{}',NULL,NULL,0,1,0,NULL,NULL,'21d539d264c152ff0e5a312e995997e6664193729ff536e6ad493f2f5fecb191',1,1,2,2);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\SECOND; ü☂ 📦',0,1772442000000000,'Ł\'\"\\SECOND; ü☂ 📦','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'a4bcfc87ed30c22036790bdc21fb4a14a0df3f10a671482787bb9b0de7ef8870',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\SHORT; ü☂ 📦',0,1771664400000000,'Ł\'\"\\SHORT; ü☂ 📦','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'a806dd9698fc8c71a25ed12574d6b519cb8a61d8f34a35dc9abbfa0e936ebfe0',2,1,7,5);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\SWAP; ü☂ 📦',0,1772442000000000,'Ł\'\"\\SWAP; ü☂ 📦','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'51c285f612b0c40f2ce0dc191102b67ef816426ec0e4a925d3aeafd1528821ad',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\THIRD; ü☂ 📦',0,1772442000000000,'Ł\'\"\\THIRD; ü☂ 📦','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'a4bcfc87ed30c22036790bdc21fb4a14a0df3f10a671482787bb9b0de7ef8870',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\WAITED; ü☂ 📦',0,1772442000000000,'Ł\'\"\\WAITED; ü☂ 📦','complete','hold',NULL,'open','{}',NULL,NULL,0,2,0,NULL,0,'c3254e07574c318e6be433e8ae5d0a4e516278128d954a3caf76f2046a2901c7',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (2,'Ł\'\"\\WHOLE; ü☂ 📦',0,1772442000000000,'Ł\'\"\\WHOLE; ü☂ 📦','complete','yield',NULL,'open','{}',NULL,NULL,0,1,1,1772442000000000,NULL,'e0104dac682d995798bd98a640d18d3da7fae04d4996ed95bcc574863ce160ce',2,0,4,0);
INSERT INTO `backorders_orders` VALUES (3,'AFTER',0,1773219600000000,'AFTER','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1773219600000000,NULL,'dfe3bfff036c2d1e12edaa401106e0c57987a34e56e3f699cbb97c37454d1b4f',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (3,'N1',0,1772355600000000,'O8','complete','hold','WEST','open','{\"fraud_risk\":1772442000000000}',1772442000000000,'O8',0,1,1,1772575200000000,NULL,'516158b10abcfa7efeb4200dc2f11e2676f39360e898b73e93c6fabfc4fc9040',0,0,0,0);
INSERT INTO `backorders_orders` VALUES (3,'O1',1,1772269200000000,'O1','as_available','hold','EAST','cancelled','{}',NULL,NULL,0,4,0,NULL,104400000000,'d1d6a5b9a94ef11c3740ff97ebfc57ea7e6f99575841a792a37fb22060d85fad',4,0,10,0);
INSERT INTO `backorders_orders` VALUES (3,'O1-2',0,1772470800000000,'O2','as_available','yield',NULL,'open','{}',NULL,'O2',0,2,0,NULL,176400000000,'bb1673fe3d80493fc1c08c0f3b7e716a94269be7dadef817bc06c8402f84fa80',0,0,0,0);
INSERT INTO `backorders_orders` VALUES (3,'O10',0,1772269200000000,'O10','complete','yield','MAIN','open','{\"order_delay\":null}',NULL,NULL,0,2,1,1772629200000000,NULL,'e2cf0b469d3581b55f732083ff19ef6c927c849b0c3710e88e43b5ff8cabe1a3',2,0,4,0);
INSERT INTO `backorders_orders` VALUES (3,'O11',0,1772442000000000,'O11','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772676000000000,NULL,'786ac35c97b67f972615517cd4d8dd1fc4e1646d0c4551cb4f1274561bfc87f0',3,1,6,3);
INSERT INTO `backorders_orders` VALUES (3,'O12',-1,1772355600000000,'O12','complete','yield',NULL,'open','{}',NULL,NULL,0,1,1,1772679600000000,NULL,'0be4359a15205d4a638eccd2f45c7e1354827c6e5e481971493c6457bd919e53',3,0,8,0);
INSERT INTO `backorders_orders` VALUES (3,'O13',0,1772269200000000,'O13','as_available','hold','WEST','open','{}',NULL,NULL,0,1,1,1772686800000000,NULL,'c9bd1a765498b39012c78140b3b814c8bf16079da60ae734583b84d834f4c4d3',1,0,3,0);
INSERT INTO `backorders_orders` VALUES (3,'O14',0,1772355600000000,'O14','complete','yield','WEST','open','{}',NULL,NULL,0,1,1,1772694000000000,NULL,'1fbaac8a64d95880e5ce4435720fa61c71f9b70a768c2d290652ee8651ca1d1c',2,0,5,0);
INSERT INTO `backorders_orders` VALUES (3,'O15',0,1772355600000000,'O15','complete','hold','EAST','open','{}',NULL,NULL,0,1,1,1772697600000000,NULL,'5a6d51385c3675a0f66e79eaa7a3081847f847cb5fae4ca659b88802e057ea81',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (3,'O16',-1,1772269200000000,'O16','as_available','hold','EAST','open','{}',NULL,NULL,0,1,1,1772704800000000,NULL,'a99c35bf15cf55fd1698e8f00fc8ad2420b89ca1c3203bed6f2b691b5b052b5e',3,0,6,0);
INSERT INTO `backorders_orders` VALUES (3,'O17',0,1772269200000000,'O17','complete','hold',NULL,'open','{}',NULL,NULL,0,2,1,1772708400000000,NULL,'12f49d29c1bb49dd2500d5854fa425b286324b2188cc495d409288a55b2c8ac9',2,0,5,1);
INSERT INTO `backorders_orders` VALUES (3,'O18',-1,1772442000000000,'O18','complete','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772715600000000,NULL,'d363cf4586eeefd35ebbd4616dbf55d29fefcf58e7ed37b35e2e1b8fe1d89bf6',2,0,4,0);
INSERT INTO `backorders_orders` VALUES (3,'O19',0,1772730000000000,'O19','as_available','hold',NULL,'open','{}',NULL,NULL,0,1,1,1772730000000000,NULL,'e3584cdee812db6b76d59858846ba6eacb56ef4118fea6f3039ac19f459236e7',2,0,3,0);
INSERT INTO `backorders_orders` VALUES (3,'O2',0,1772470800000000,'O2','as_available','yield',NULL,'processed','{}',NULL,NULL,0,4,0,NULL,28800000000,'54cf1549c3c6b2861d51be92df6e8e45860fbfcc9a09115ec2d4ad4ef3bb8e22',4,0,6,0);
INSERT INTO `backorders_orders` VALUES (3,'O3',1,1772355600000000,'O3','complete','hold',NULL,'open','{}',NULL,NULL,0,4,0,NULL,100800000000,'c7891303d70fe107c17a54361318882160e7b221a014ac6297ca7414de95f637',3,1,8,5);
INSERT INTO `backorders_orders` VALUES (3,'O4',0,1772442000000000,'O4','complete','yield','MAIN','cancelled','{}',NULL,NULL,0,2,0,NULL,61200000000,'4b142300c1eafca39042cde763879b1bb3f1a54984c20fb0d8ed5fd58e931182',1,0,1,0);
INSERT INTO `backorders_orders` VALUES (3,'O5',-1,1772355600000000,'O5','as_available','hold','EAST','open','{}',NULL,NULL,0,2,0,NULL,57600000000,'4047d50c6a81b028630f3da4c5e0be5d390763cf0f4e0b1d19d0409d78947313',3,2,6,4);
INSERT INTO `backorders_orders` VALUES (3,'O5-2',-1,1772355600000000,'O5','as_available','hold','EAST','open','{}',NULL,'O5',0,1,1,1772564400000000,NULL,'cc607b60ee7628b3610c2f0258b4011a1270ac2d58f9421732276aed190370f3',0,0,0,0);
INSERT INTO `backorders_orders` VALUES (3,'O6',0,1772568000000000,'O6','complete','yield',NULL,'cancelled','{}',NULL,NULL,0,2,0,NULL,93600000000,'50962305ea5540e17c566d1d1b8e03cdea82b15b96d8d97a10f4ed2bc86a1dc0',2,0,3,0);
INSERT INTO `backorders_orders` VALUES (3,'O7',-1,1772571600000000,'O7','complete','hold','EAST','open','{}',NULL,NULL,0,2,1,1772571600000000,NULL,'9f6c9bb3cff118b146c100713b322cfc73861b79febfaab8e93e9454e7991ea7',3,0,7,1);
INSERT INTO `backorders_orders` VALUES (3,'O8',0,1772355600000000,'O8','complete','hold','WEST','open','{\"fraud_risk\":1772442000000000}',1772442000000000,NULL,0,4,0,NULL,108000000000,'877d85a5ff4c915b5e1cb3206e991c3f8411c7f0029c43097fdb6c6767be7dc0',2,0,3,0);
INSERT INTO `backorders_orders` VALUES (3,'O9',0,1772355600000000,'O9','as_available','yield',NULL,'processed','{}',NULL,NULL,0,2,0,NULL,54000000000,'f41f30af89697e1628589ce7d12c951fed3d6c6cfa406108b2104afca077c66d',3,0,4,0);
INSERT INTO `backorders_orders` VALUES (3,'O9-2',0,1772355600000000,'O9','as_available','yield',NULL,'open','{}',NULL,'O9',0,1,1,1772596800000000,NULL,'b24d409b7b8797d4628b673c5cc4d9e1ee5471f66520ef5cced869e7868b843c',0,0,0,0);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_outbox` (
  `seller_no` bigint(20) NOT NULL,
  `message_id` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `user_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `kind` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `queued_at` bigint(20) NOT NULL,
  `due_at` bigint(20) DEFAULT NULL,
  `attempts` int(11) NOT NULL,
  `failed_at` bigint(20) DEFAULT NULL,
  `problem` longtext NOT NULL,
  `version` int(11) NOT NULL,
  `content` longtext NOT NULL,
  PRIMARY KEY (`seller_no`,`message_id`),
  KEY `ix_backorders_outbox_failed` (`failed_at`,`message_id`),
  KEY `ix_backorders_outbox_due` (`due_at`,`message_id`),
  CONSTRAINT `ck_backorders_outbox_version` CHECK (`version` > 0),
  CONSTRAINT `ck_backorders_outbox_due` CHECK (`due_at` is null = (`failed_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_outbox` VALUES (1,'421180c5063614d9b4b375b8d5d9a8fa','ANN','delivery_overdue',1773219600000000,1773219600000000,0,NULL,'',1,'[\"OverdueDelivery\",{\"arrived_at\":\"2026-02-22T09:00:00Z\",\"due_on\":\"2026-02-24\",\"expected_on\":\"2026-02-21\",\"inbound_id\":\"OPENED\",\"time_zone\":\"Europe/London\"}]');
INSERT INTO `backorders_outbox` VALUES (1,'592e8f360ba1a2290c1a804c9198991b','ANN','delivery_overdue',1773219600000000,1773219600000000,0,NULL,'',1,'[\"OverdueDelivery\",{\"arrived_at\":\"2026-02-22T09:00:00Z\",\"due_on\":\"2026-02-24\",\"expected_on\":\"2026-02-21\",\"inbound_id\":\"HERE\",\"time_zone\":\"Europe/London\"}]');
INSERT INTO `backorders_outbox` VALUES (1,'5c92f873f7132e65fc4f24a75adf4d1f','ANN','cancellation_resolved',1772442000000000,NULL,1,1772442000000000,'RecipientRefused: \'ann@example.com\' was refused: no such box; correct the user\'s address, then retry the notice',3,'[\"ResolvedCancellation\",{\"accepted\":false,\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"ASKED TOO\",\"time_zone\":\"Europe/London\"}]');
INSERT INTO `backorders_outbox` VALUES (1,'9347d1a1d4367ee86c516231fc36cf76','ANN','back_order_released',1772442000000000,1772442000000000,0,NULL,'',1,'[\"ReleasedOrders\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in R9\",\"order_ids\":[\"FIRST\"],\"orders\":1,\"time_zone\":\"Europe/London\"}]');
INSERT INTO `backorders_outbox` VALUES (1,'cc047b8edeb145a573427020aa9bb63b','ANN','daily_new_back_orders',1773219600000000,1773219600000000,0,NULL,'',1,'[\"Digest\",{\"cancelled\":1,\"composed_at\":\"2026-03-11T09:00:00Z\",\"entries\":[{\"answers\":[\"cancel\",\"remove\",\"replace\",\"restock\",\"split\"],\"more_products\":0,\"order_id\":\"SHORT\",\"placed_at\":\"2026-02-21T09:00:00Z\",\"products\":[{\"ordered\":5,\"short\":2,\"sku\":\"A\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[\"cancel\",\"remove\",\"replace\",\"restock\",\"split\"],\"more_products\":0,\"order_id\":\"PARTLY\",\"placed_at\":\"2026-03-01T09:00:00Z\",\"products\":[{\"ordered\":2,\"short\":2,\"sku\":\"C\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"ALONE\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"H\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[],\"more_products\":0,\"order_id\":\"FIRST\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"LATE\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"released\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"LAST\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":2,\"short\":2,\"sku\":\"A\"},{\"ordered\":1,\"short\":1,\"sku\":\"C\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[],\"more_products\":0,\"order_id\":\"OFF\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"C\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"cancelled\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"SECOND\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"LATE\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"SWAP\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"C\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"THIRD\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"LATE\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[],\"more_products\":0,\"order_id\":\"WAITED\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"G\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"released\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"WHOLE\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":3,\"short\":3,\"sku\":\"A\"},{\"ordered\":1,\"short\":1,\"sku\":\"B\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"}],\"from_on\":\"2026-03-02\",\"orders\":11,\"released\":2,\"time_zone\":\"Europe/London\",\"units_short\":15,\"until_on\":\"2026-03-10\",\"waiting\":8}]');
INSERT INTO `backorders_outbox` VALUES (1,'cc66ac409df214f920f0ec628af30eed','ANN','back_order_released',1772442000000000,NULL,1,1772442000000000,'RecipientRefused: \'ann@example.com\' was refused: no such box; correct the user\'s address, then retry the notice',3,'[\"ReleasedOrders\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in R3\",\"order_ids\":[\"WAITED\"],\"orders\":1,\"time_zone\":\"Europe/London\"}]');
INSERT INTO `backorders_outbox` VALUES (2,'0ee94d028f4a9d4d9ae50c3b37addd5b','Ł\'\"\\ANN; ü☂ 📦','daily_new_back_orders',1773219600000000,1773219600000000,0,NULL,'',1,'[\"Digest\",{\"cancelled\":1,\"composed_at\":\"2026-03-11T09:00:00Z\",\"entries\":[{\"answers\":[\"cancel\",\"remove\",\"replace\",\"restock\",\"split\"],\"more_products\":0,\"order_id\":\"Ł\'\\\"\\\\SHORT; ü☂ 📦\",\"placed_at\":\"2026-02-21T09:00:00Z\",\"products\":[{\"ordered\":5,\"short\":2,\"sku\":\"Ł\'\\\"\\\\A; ü☂ 📦\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[\"cancel\",\"remove\",\"replace\",\"restock\",\"split\"],\"more_products\":0,\"order_id\":\"Ł\'\\\"\\\\PARTLY; ü☂ 📦\",\"placed_at\":\"2026-03-01T09:00:00Z\",\"products\":[{\"ordered\":2,\"short\":2,\"sku\":\"Ł\'\\\"\\\\C; ü☂ 📦\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"Ł\'\\\"\\\\ALONE; ü☂ 📦\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"Ł\'\\\"\\\\H; ü☂ 📦\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[],\"more_products\":0,\"order_id\":\"Ł\'\\\"\\\\FIRST; ü☂ 📦\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"Ł\'\\\"\\\\LATE; ü☂ 📦\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"released\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"Ł\'\\\"\\\\LAST; ü☂ 📦\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":2,\"short\":2,\"sku\":\"Ł\'\\\"\\\\A; ü☂ 📦\"},{\"ordered\":1,\"short\":1,\"sku\":\"Ł\'\\\"\\\\C; ü☂ 📦\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[],\"more_products\":0,\"order_id\":\"Ł\'\\\"\\\\OFF; ü☂ 📦\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"Ł\'\\\"\\\\C; ü☂ 📦\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"cancelled\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"Ł\'\\\"\\\\SECOND; ü☂ 📦\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"Ł\'\\\"\\\\LATE; ü☂ 📦\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"Ł\'\\\"\\\\SWAP; ü☂ 📦\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"Ł\'\\\"\\\\C; ü☂ 📦\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"Ł\'\\\"\\\\THIRD; ü☂ 📦\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"Ł\'\\\"\\\\LATE; ü☂ 📦\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"},{\"answers\":[],\"more_products\":0,\"order_id\":\"Ł\'\\\"\\\\WAITED; ü☂ 📦\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":1,\"short\":1,\"sku\":\"Ł\'\\\"\\\\G; ü☂ 📦\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"released\"},{\"answers\":[\"cancel\",\"replace\",\"restock\"],\"more_products\":0,\"order_id\":\"Ł\'\\\"\\\\WHOLE; ü☂ 📦\",\"placed_at\":\"2026-03-02T09:00:00Z\",\"products\":[{\"ordered\":3,\"short\":3,\"sku\":\"Ł\'\\\"\\\\A; ü☂ 📦\"},{\"ordered\":1,\"short\":1,\"sku\":\"Ł\'\\\"\\\\B; ü☂ 📦\"}],\"since\":\"2026-03-02T09:00:00Z\",\"state\":\"waiting\"}],\"from_on\":\"2026-03-02\",\"orders\":11,\"released\":2,\"time_zone\":\"Europe/London\",\"units_short\":15,\"until_on\":\"2026-03-10\",\"waiting\":8}]');
INSERT INTO `backorders_outbox` VALUES (2,'14c0f169bb8c8e3c59d071d3e1fcdf8e','Ł\'\"\\ANN; ü☂ 📦','back_order_released',1772442000000000,1772442000000000,0,NULL,'',1,'[\"ReleasedOrders\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in Ł\'\\\"\\\\R9; ü☂ 📦\",\"order_ids\":[\"Ł\'\\\"\\\\FIRST; ü☂ 📦\"],\"orders\":1,\"time_zone\":\"Europe/London\"}]');
INSERT INTO `backorders_outbox` VALUES (2,'435999b7797f63bac9ddf7a1ce73c0a3','Ł\'\"\\ANN; ü☂ 📦','delivery_overdue',1773219600000000,1773219600000000,0,NULL,'',1,'[\"OverdueDelivery\",{\"arrived_at\":\"2026-02-22T09:00:00Z\",\"due_on\":\"2026-02-24\",\"expected_on\":\"2026-02-21\",\"inbound_id\":\"Ł\'\\\"\\\\HERE; ü☂ 📦\",\"time_zone\":\"Europe/London\"}]');
INSERT INTO `backorders_outbox` VALUES (2,'6b314569ea5aa49107c1566c527e0b78','Ł\'\"\\ANN; ü☂ 📦','delivery_overdue',1773219600000000,1773219600000000,0,NULL,'',1,'[\"OverdueDelivery\",{\"arrived_at\":\"2026-02-22T09:00:00Z\",\"due_on\":\"2026-02-24\",\"expected_on\":\"2026-02-21\",\"inbound_id\":\"Ł\'\\\"\\\\OPENED; ü☂ 📦\",\"time_zone\":\"Europe/London\"}]');
INSERT INTO `backorders_outbox` VALUES (2,'81de44b8f8d6383523d398469fba24d1','Ł\'\"\\ANN; ü☂ 📦','back_order_released',1772442000000000,NULL,1,1772442000000000,'RecipientRefused: \'ann@example.com\' was refused: no such box; correct the user\'s address, then retry the notice',3,'[\"ReleasedOrders\",{\"at\":\"2026-03-02T09:00:00Z\",\"because\":\"book_in Ł\'\\\"\\\\R3; ü☂ 📦\",\"order_ids\":[\"Ł\'\\\"\\\\WAITED; ü☂ 📦\"],\"orders\":1,\"time_zone\":\"Europe/London\"}]');
INSERT INTO `backorders_outbox` VALUES (2,'cbd25c6efe0e063187d1d3e1609a8472','Ł\'\"\\ANN; ü☂ 📦','cancellation_resolved',1772442000000000,NULL,1,1772442000000000,'RecipientRefused: \'ann@example.com\' was refused: no such box; correct the user\'s address, then retry the notice',3,'[\"ResolvedCancellation\",{\"accepted\":false,\"at\":\"2026-03-02T09:00:00Z\",\"order_id\":\"Ł\'\\\"\\\\ASKED TOO; ü☂ 📦\",\"time_zone\":\"Europe/London\"}]');
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_queues` (
  `seller_no` bigint(20) NOT NULL,
  `sku` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `turn` bigint(20) NOT NULL,
  PRIMARY KEY (`seller_no`,`sku`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_queues` VALUES (1,'A',10);
INSERT INTO `backorders_queues` VALUES (1,'B',10);
INSERT INTO `backorders_queues` VALUES (1,'C',5);
INSERT INTO `backorders_queues` VALUES (1,'G',3);
INSERT INTO `backorders_queues` VALUES (1,'H',2);
INSERT INTO `backorders_queues` VALUES (1,'LATE',4);
INSERT INTO `backorders_queues` VALUES (1,'NONE',1);
INSERT INTO `backorders_queues` VALUES (2,'NONE',1);
INSERT INTO `backorders_queues` VALUES (2,'Ł\'\"\\A; ü☂ 📦',10);
INSERT INTO `backorders_queues` VALUES (2,'Ł\'\"\\B; ü☂ 📦',10);
INSERT INTO `backorders_queues` VALUES (2,'Ł\'\"\\C; ü☂ 📦',5);
INSERT INTO `backorders_queues` VALUES (2,'Ł\'\"\\G; ü☂ 📦',3);
INSERT INTO `backorders_queues` VALUES (2,'Ł\'\"\\H; ü☂ 📦',2);
INSERT INTO `backorders_queues` VALUES (2,'Ł\'\"\\LATE; ü☂ 📦',4);
INSERT INTO `backorders_queues` VALUES (3,'JAM',28);
INSERT INTO `backorders_queues` VALUES (3,'NONE',1);
INSERT INTO `backorders_queues` VALUES (3,'OIL',33);
INSERT INTO `backorders_queues` VALUES (3,'TEA',31);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_sellers` (
  `seller_no` bigint(20) NOT NULL AUTO_INCREMENT,
  `seller_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `time_zone` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `ship` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `claim` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `warehouses` longtext NOT NULL,
  `order_delay` bigint(20) NOT NULL,
  PRIMARY KEY (`seller_no`),
  UNIQUE KEY `uq_backorders_sellers_seller_id` (`seller_id`)
) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_sellers` VALUES (1,'acme','Europe/London','complete','hold','[\"MAIN\",\"EAST\"]',0);
INSERT INTO `backorders_sellers` VALUES (2,'Ł\'\"\\shop; ü☂ 📦','Europe/London','complete','hold','[\"Ł\'\\\"\\\\MAIN; ü☂ 📦\",\"Ł\'\\\"\\\\EAST; ü☂ 📦\"]',0);
INSERT INTO `backorders_sellers` VALUES (3,'random','UTC','complete','hold','[]',0);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_stuck` (
  `seller_no` bigint(20) NOT NULL,
  `name` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `kind` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `subject` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `position` bigint(20) NOT NULL,
  `attempts` int(11) NOT NULL,
  `due_at` bigint(20) DEFAULT NULL,
  `failed_at` bigint(20) DEFAULT NULL,
  `problem` longtext NOT NULL,
  PRIMARY KEY (`seller_no`,`name`,`kind`,`subject`),
  KEY `ix_backorders_stuck_due` (`seller_no`,`name`,`due_at`),
  KEY `ix_backorders_stuck_failed` (`seller_no`,`name`,`failed_at`),
  CONSTRAINT `ck_backorders_stuck_due` CHECK (`due_at` is null = (`failed_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_stuck` VALUES (1,'erp','order','HELD',25,12,NULL,1772442000000000,'nobody answers');
INSERT INTO `backorders_stuck` VALUES (1,'erp','order','READY',36,12,1772442000000000,NULL,'nobody answers');
INSERT INTO `backorders_stuck` VALUES (1,'erp','order','SHORT',39,12,NULL,1772442000000000,'nobody answers');
INSERT INTO `backorders_stuck` VALUES (2,'erp','order','Ł\'\"\\HELD; ü☂ 📦',25,12,NULL,1772442000000000,'Ł\'\"\\nobody answers; ü☂ 📦');
INSERT INTO `backorders_stuck` VALUES (2,'erp','order','Ł\'\"\\READY; ü☂ 📦',36,12,1772442000000000,NULL,'Ł\'\"\\nobody answers; ü☂ 📦');
INSERT INTO `backorders_stuck` VALUES (2,'erp','order','Ł\'\"\\SHORT; ü☂ 📦',39,12,NULL,1772442000000000,'Ł\'\"\\nobody answers; ü☂ 📦');
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_subscribers` (
  `seller_no` bigint(20) NOT NULL,
  `name` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `position` bigint(20) NOT NULL,
  `due_at` bigint(20) DEFAULT NULL,
  `failures` int(11) NOT NULL,
  `unsaid` int(11) NOT NULL,
  `problem` longtext NOT NULL,
  `version` bigint(20) NOT NULL,
  PRIMARY KEY (`seller_no`,`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_subscribers` VALUES (1,'erp',54,NULL,0,0,'',1);
INSERT INTO `backorders_subscribers` VALUES (2,'erp',54,NULL,0,0,'',1);
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `backorders_users` (
  `seller_no` bigint(20) NOT NULL,
  `user_id` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `email` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  `opted_in` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  PRIMARY KEY (`seller_no`,`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
INSERT INTO `backorders_users` VALUES (1,'ANN','ann@example.com','[\"back_order_released\",\"cancellation_resolved\",\"daily_new_back_orders\",\"delivery_overdue\"]');
INSERT INTO `backorders_users` VALUES (1,'BOB','bob@example.com','[]');
INSERT INTO `backorders_users` VALUES (2,'Ł\'\"\\ANN; ü☂ 📦','ann@example.com','[\"back_order_released\",\"cancellation_resolved\",\"daily_new_back_orders\",\"delivery_overdue\"]');
INSERT INTO `backorders_users` VALUES (2,'Ł\'\"\\BOB; ü☂ 📦','bob@example.com','[]');

//! The backup policies that a vault has from the start.
//!
//! Names, shapes and numbers are from the responses that Azure PowerShell's tests have recorded; † that a vault without virtual
//! machines has no others.

use marslab_model::world::Content;
use marslab_model::{Map, Name};

/// The policies of a vault that nobody has added any to: the `properties` of each, as JSON.
pub fn of_new_vault() -> Map<Name, Content> {
    [("DefaultPolicy", VIRTUAL_MACHINES), ("HourlyLogBackup", DATABASES)]
        .map(|(name, properties)| (Name::new(name), Content::from(properties)))
        .into()
}

const VIRTUAL_MACHINES: &str = r#"{"backupManagementType":"AzureIaasVM","instantRpRetentionRangeInDays":2,"schedulePolicy":{"schedulePolicyType":"SimpleSchedulePolicy","scheduleRunFrequency":"Daily","scheduleRunTimes":["2018-01-01T22:00:00Z"],"scheduleWeeklyFrequency":0},"retentionPolicy":{"retentionPolicyType":"LongTermRetentionPolicy","dailySchedule":{"retentionTimes":["2018-01-01T22:00:00Z"],"retentionDuration":{"count":30,"durationType":"Days"}}},"timeZone":"UTC","protectedItemsCount":0}"#;

const DATABASES: &str = r#"{"backupManagementType":"AzureWorkload","workLoadType":"SQLDataBase","settings":{"timeZone":"UTC","issqlcompression":false,"isCompression":false},"subProtectionPolicy":[{"policyType":"Full","schedulePolicy":{"schedulePolicyType":"SimpleSchedulePolicy","scheduleRunFrequency":"Daily","scheduleRunTimes":["2018-01-01T22:00:00Z"],"scheduleWeeklyFrequency":0},"retentionPolicy":{"retentionPolicyType":"LongTermRetentionPolicy","dailySchedule":{"retentionTimes":["2018-01-01T22:00:00Z"],"retentionDuration":{"count":30,"durationType":"Days"}}}},{"policyType":"Log","schedulePolicy":{"schedulePolicyType":"LogSchedulePolicy","scheduleFrequencyInMins":60},"retentionPolicy":{"retentionPolicyType":"SimpleRetentionPolicy","retentionDuration":{"count":30,"durationType":"Days"}}}],"protectedItemsCount":0}"#;

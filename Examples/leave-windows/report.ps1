$disks = Get-CimInstance Win32_LogicalDisk
$disks | Select-Object DeviceID, Size, FreeSpace | Export-Csv C:\app\out\disks.csv -NoTypeInformation
Get-Content C:\app\out\disks.csv

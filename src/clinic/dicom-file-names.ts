/** Names of all files that a result may have as DICOM; here, so that knowing them loads no writer. */
export const dicomFileNames: readonly string[] = ['segmentation.dcm', 'report.dcm', 'report-pdf.dcm']

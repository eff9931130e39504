namespace OrleansTicker.LoadTest.Reporting;

/// <summary>A report that a command prints, as text or as JSON.</summary>
internal interface IReport
{
    /// <summary>Writes it as text.</summary>
    void WriteTo(Summary summary);
}

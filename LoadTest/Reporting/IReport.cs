namespace OrleansTicker.LoadTest.Reporting;

/// <summary>What a command prints when it has done its work. As JSON it is its own properties.</summary>
internal interface IReport
{
    /// <summary>Writes it as text.</summary>
    void WriteTo(Summary summary);
}

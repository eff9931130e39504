namespace OrleansTicker.LoadTest.Reporting;

/// <summary>The report of a run whose checks decide the exit code.</summary>
internal abstract record RunReport : IReport
{
    public required IReadOnlyList<Check> Checks { get; init; }

    public bool Held => Checks.All(check => check.Held);

    public abstract void WriteTo(Summary summary);
}

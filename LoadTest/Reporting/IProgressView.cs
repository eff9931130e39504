namespace OrleansTicker.LoadTest.Reporting;

/// <summary>Shows the progress of a command.</summary>
internal interface IProgressView
{
    /// <summary>Replaces the status that is shown.</summary>
    void Show(string status);

    /// <summary>Adds a line, which remains.</summary>
    void Tell(string line);
}

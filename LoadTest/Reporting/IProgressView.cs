namespace OrleansTicker.LoadTest.Reporting;

/// <summary>Shows what goes on while a command runs.</summary>
internal interface IProgressView
{
    /// <summary>What goes on now; it takes the place of what was shown before.</summary>
    void Show(string status);

    /// <summary>Something that happened, and stays.</summary>
    void Tell(string line);
}

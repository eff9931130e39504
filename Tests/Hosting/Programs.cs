namespace OrleansTicker.Tests.Hosting;

/// <summary>The programs as they have been built.</summary>
internal static class Programs
{
    /// <summary>Where a program has been built, beside these tests: a copy among these would find the tests' libraries.</summary>
    public static string OutputOf(string program)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(framework.Parent!.Parent!.Parent!.Parent!.FullName, program, "bin", framework.Parent.Name, framework.Name);
    }
}

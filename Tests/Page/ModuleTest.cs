namespace OrleansTicker.Tests.Page;

/// <summary>Tests of modules that need no page around them, run where they will run; their files come from the disk, no gateway is needed.</summary>
public abstract class ModuleTest(ModulePage page) : IClassFixture<ModulePage>
{
    private protected Task<T> RunAsync<T>(string module, string expression) => page.RunAsync<T>(module, expression);
}

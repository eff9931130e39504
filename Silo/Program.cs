using OrleansTicker.Grains.Hosting;

return await StartFailure.RunAsync("The silo", () =>
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.UseOrleans(silo => silo.UseSoleSilo().AddTicker(builder.Configuration));
    return builder.Build();
});
